"""Files of the course against what their formats say: QTI 2.1 and content packages, and content types of H5P.

The tables here are written down from the formats' schemas, which are not ours to pass on, for what we use of them.
"""

import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

import build_course
from analysis.teaching.exercises import load_exercises, load_forms

EVERY = [*load_exercises(), *load_forms()]
ITEM = f"{{{build_course.QTI}}}"


# What QTI 2.1 says of the elements that we use: the attributes they need, those they may have, and their children in
# order ("*" and "+" as in a regular expression; what is in brackets in any order). Written down from the schema.
TEXT = "(p|h3|div|strong|em|ul|ol)*"
ELEMENTS = {
    "assessmentItem": ("identifier title timeDependent", "adaptive",
                       "responseDeclaration* outcomeDeclaration* itemBody responseProcessing?"),
    "responseDeclaration": ("identifier cardinality", "baseType", "correctResponse? mapping?"),
    "correctResponse": ("", "", "value+"),
    "mapping": ("", "lowerBound upperBound defaultValue", "mapEntry+"),
    "mapEntry": ("mapKey mappedValue", "", ""),
    "outcomeDeclaration": ("identifier cardinality", "baseType normalMaximum", "defaultValue?"),
    "defaultValue": ("", "", "value+"),
    "value": ("", "", ""),
    "itemBody": ("", "", "(p|h3|div|ul|ol|rubricBlock|choiceInteraction|extendedTextInteraction)+"),
    "choiceInteraction": ("responseIdentifier", "shuffle maxChoices minChoices", "prompt? simpleChoice+"),
    "simpleChoice": ("identifier", "fixed", TEXT),
    "extendedTextInteraction": ("responseIdentifier", "expectedLines expectedLength", "prompt?"),
    "rubricBlock": ("view", "", "(p|h3|div|ul|ol)*"),
    "responseProcessing": ("", "template", ""),
    "assessmentTest": ("identifier title", "", "outcomeDeclaration* testPart+"),
    "testPart": ("identifier navigationMode submissionMode", "", "assessmentSection+"),
    "assessmentSection": ("identifier title visible", "", "rubricBlock* assessmentItemRef*"),
    "assessmentItemRef": ("identifier href", "", ""),
    "manifest": ("identifier", "", "metadata? organizations resources"),
    "metadata": ("", "", "schema? schemaversion?"),
    "resources": ("", "", "resource*"),
    "resource": ("identifier type", "href", "file* dependency*"),
    "file": ("href", "", ""),
    "dependency": ("identifierref", "", ""),
}  # fmt: skip
VALUES = {
    "cardinality": {"single", "multiple"},
    "baseType": {"identifier", "string", "float"},
    "view": {"candidate", "scorer"},
    "navigationMode": {"linear", "nonlinear"},
    "submissionMode": {"individual", "simultaneous"},
    "type": {"imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"},
    "template": {f"{build_course.TEMPLATES}/{name}" for name in ("match_correct", "map_response")},
}


def complaints(element, spaces):
    """What an element and those inside it have that their schema does not allow."""
    space, _, tag = element.tag.removeprefix("{").rpartition("}")
    needed, allowed, order = ELEMENTS.get(tag, ("", "", "(strong|em|li|p)*"))  # the rest is text of HTML
    children = "".join(f"{child.tag.rpartition('}')[2]}," for child in element)
    pattern = re.sub(r"(\w+)", r"(?:\1,)", order).replace(" ", "")
    named = {name for name in element.keys() if not name.startswith("{")}  # noqa: SIM118 (an element is no dict)
    if space not in spaces:
        yield f"{tag}: the namespace {space}"
    if not re.fullmatch(pattern, children):
        yield f"{tag}: {children} is not {order}"
    if missing := set(needed.split()) - named:
        yield f"{tag}: without {missing}"
    if unknown := named - {*needed.split(), *allowed.split()}:
        yield f"{tag}: with {unknown}"
    for name in named:
        value = element.get(name)
        if not value or value not in VALUES.get(name, {value}):
            yield f"{tag}: {name}={value}"
    for child in element:
        yield from complaints(child, spaces)


def test_every_file_of_the_qti_package_has_the_elements_attributes_and_order_of_its_schema(package):
    spaces = {build_course.QTI, build_course.PACKAGE}
    assert [said for root in package.values() for said in complaints(root, spaces)] == []
    item = next(root for root in package.values() if root.tag == f"{ITEM}assessmentItem")
    broken = ET.fromstring(ET.tostring(item))
    broken.append(broken[0])  # a declaration after the body
    broken.set("points", "1")
    assert len(list(complaints(broken, spaces))) == 2


def test_an_item_states_the_most_points_that_it_gives(package):
    items = [root for root in package.values() if root.tag == f"{ITEM}assessmentItem"]
    most = {i.get("identifier"): i.find(f"{ITEM}outcomeDeclaration").get("normalMaximum") for i in items}
    for item in items:
        if (mapping := item.find(f".//{ITEM}mapping")) is not None:
            assert mapping.get("upperBound") == most[item.get("identifier")]
    assert most["i-01-sources-sources"] == "8"  # eight sources
    assert most["i-06-release-copied"] == "5"  # of ten paragraphs
    assert most["i-07-surer-less"] == "2"
    assert most["i-form-a-test-1"] == "1"


# What the content types of H5P know, written down from the semantics of Question Set 1.20 and Multiple Choice 1.16. "?"
# may be missing; a list has one kind of entry. A group of one field is written as that field.
RANGES = [{"from": int, "to": int, "feedback?": str}]
CONFIRM = {"header": str, "body": "html", "cancelLabel": str, "confirmLabel": str}
MULTIPLE_CHOICE = {
    "question": "html",
    "answers": [
        {"text": "html", "correct": bool,
         "tipsAndFeedback?": {"tip?": "html", "chosenFeedback?": "html", "notChosenFeedback?": "html"}},
    ],
    "overallFeedback": RANGES,
    "UI": dict.fromkeys(
        ["checkAnswerButton", "submitAnswerButton", "showSolutionButton", "tryAgainButton", "tipsLabel",
         "scoreBarLabel", "tipAvailable", "feedbackAvailable", "readFeedback", "wrongAnswer", "correctAnswer",
         "shouldCheck", "shouldNotCheck", "noInput", "a11yCheck", "a11yShowSolution", "a11yRetry"], str),
    "behaviour?": {
        "enableRetry?": bool, "enableSolutionsButton?": bool, "enableCheckButton?": bool,
        "type": {"auto", "multi", "single"}, "singlePoint": bool, "randomAnswers": bool,
        "showSolutionsRequiresInput?": bool, "disableImageZooming?": bool, "confirmCheckDialog": bool,
        "confirmRetryDialog": bool, "autoCheck": bool, "passPercentage": int, "showScorePoints": bool,
    },
    "confirmCheck": CONFIRM,
    "confirmRetry": CONFIRM,
}  # fmt: skip
METADATA = {"title": str, "license": {"U"}, "licenseExtras?": str, "contentType": {"Multiple Choice"}}
QUESTION_SET = {
    "introPage": {"showIntroPage": bool, "title?": "html", "introduction?": "html", "startButtonText?": str},
    "progressType": {"textual", "dots"},
    "passPercentage": int,
    "questions": [
        {"library": {"H5P.MultiChoice 1.16"}, "subContentId": str, "metadata": METADATA, "params": MULTIPLE_CHOICE},
    ],
    "texts": dict.fromkeys(
        ["prevButton", "nextButton", "finishButton", "submitButton", "textualProgress", "jumpToQuestion",
         "questionLabel", "readSpeakerProgress", "unansweredText", "answeredText", "currentQuestionText",
         "navigationLabel"], str),
    "disableBackwardsNavigation?": bool,
    "randomQuestions": bool,
    "endGame": {
        "showResultPage": bool, "showSolutionButton": bool, "showRetryButton": bool, "noResultMessage?": str,
        "message": "html", "scoreBarLabel": str, "overallFeedback": RANGES, "solutionButtonText": str,
        "retryButtonText": str, "finishButtonText": str, "submitButtonText": str, "showAnimations": bool,
        "skippable": bool, "skipButtonText": str,
    },
    "override": {"checkButton?": bool, "showSolutionButton?": {"on", "off"}, "retryButton?": {"on", "off"}},
}  # fmt: skip


def unfit(value, known, where=""):
    """Where a value is not what a content type knows: a field too many or too few, of another type, or other HTML."""
    if isinstance(known, dict):
        names = {name.removesuffix("?"): name for name in known}
        yield from (f"{where}.{name} is not known" for name in value.keys() - names.keys())
        yield from (f"{where}.{name} is missing" for name in known if not name.endswith("?") and name not in value)
        for name in value.keys() & names.keys():
            yield from unfit(value[name], known[names[name]], f"{where}.{name}")
    elif isinstance(known, list):
        yield from (text for number, entry in enumerate(value) for text in unfit(entry, known[0], f"{where}[{number}]"))
        yield from [] if value else [f"{where} is empty"]
    elif known == "html":
        tags = set(re.findall(r"</?(\w+)", value))
        yield from (f"{where} has <{tag}>, which H5P takes out" for tag in tags - {"p", "strong", "em"})
        ET.fromstring(f"<div>{value}</div>")
    elif isinstance(known, set):
        yield from [] if value in known else [f"{where} is {value}"]
    elif type(value) is not known or (known is str and not value):
        yield f"{where} is {value!r}"


@pytest.fixture(scope="module")
def packages(course):
    found = {}
    for path in (course / "h5p").glob("*.h5p"):
        with zipfile.ZipFile(path) as archive:
            found[path.stem] = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    return found


def test_h5p_packages_have_what_their_content_types_know(packages):
    assert len(packages) == len(EVERY) - 1  # all but the sentences to rewrite
    for name, files in packages.items():
        assert list(files) == ["h5p.json", "content/content.json"]
        about = files["h5p.json"]
        assert {"title", "language", "mainLibrary", "embedTypes", "preloadedDependencies"} <= about.keys()
        assert [(d["machineName"], d["majorVersion"], d["minorVersion"]) for d in about["preloadedDependencies"]] == [
            (about["mainLibrary"], 1, 20),
            ("H5P.MultiChoice", 1, 16),
        ]
        assert list(unfit(files["content/content.json"], QUESTION_SET, name)) == []


def test_the_check_of_h5p_content_finds_what_is_wrong(packages):
    content = json.loads(json.dumps(packages["form-a"]["content/content.json"]))
    content["questions"][0]["params"]["question"] += "<h3>x</h3>"
    content["questions"][1]["params"]["answers"][0]["correct"] = "yes"
    del content["override"]
    content["note"] = ""
    assert sorted(unfit(content, QUESTION_SET)) == [
        ".note is not known",
        ".override is missing",
        ".questions[0].params.question has <h3>, which H5P takes out",
        ".questions[1].params.answers[0].correct is 'yes'",
    ]


def test_every_h5p_question_has_its_key_and_only_exercises_show_it(packages):
    for exercise in EVERY:
        asked = [q for q in build_course.questions_of(exercise) if q.kind != "essay"]
        content = packages.get(exercise.id, {}).get("content/content.json", {"questions": []})
        assert len(content["questions"]) == len(asked)
        for entry, question in zip(content["questions"], asked, strict=True):
            assert question.html in entry["params"]["question"]
            right = [answer["text"] for answer in entry["params"]["answers"] if answer["correct"]]
            assert right == [build_course.escape_html(words) for words, is_right in question.options if is_right]
            assert len(right) == 1 or entry["params"]["behaviour"]["type"] == "multi"
    test, exercise = (packages[name]["content/content.json"] for name in ("form-b", "02-hands"))
    assert test["override"] == {"checkButton": False, "showSolutionButton": "off", "retryButton": "off"}
    assert not test["endGame"]["showSolutionButton"]
    assert exercise["endGame"]["showSolutionButton"]
    passage = build_course.passages_of(load_forms()[1])
    assert all(entry["params"]["question"].startswith(passage) for entry in test["questions"])
    assert not any(
        answer["tipsAndFeedback"]["chosenFeedback"] for q in test["questions"] for answer in q["params"]["answers"]
    )
