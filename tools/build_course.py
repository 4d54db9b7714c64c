"""Make the exercises and the test for learning platforms (`make course`): Moodle XML, QTI 2.1, H5P, an nbgrader course.

    python tools/build_course.py [FOLDER]

    FOLDER/moodle.xml             question bank: Moodle, Import, Moodle XML format
    FOLDER/qti.zip                QTI 2.1 package: Canvas, Blackboard and others
    FOLDER/h5p/                   a Question Set for each exercise, without programs: sites that have H5P
    FOLDER/nbgrader/              a course: copy it, and run nbgrader in it

All of it comes from the exercises in analysis/resources/exercises and the two forms of the test in
analysis/resources/assessment. On these platforms nobody can mark a text, so learners choose among passages; a
sentence to rewrite is an essay, which a teacher grades. Two runs write the same bytes.
"""

import json
import re
import shutil
import sys
import tomllib
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import mistune

from analysis.teaching.coaching import article_of, excerpt, key_of
from analysis.teaching.exercises import REWRITING_POINTS, Exercise, Task, load_exercises, load_forms
from analysis.text.escaping import escape_html
from build_exercises import notebook_of, points, wanted
from rebuild_notebooks import to_text

ROOT = Path(__file__).resolve().parent.parent
STAMP = "made-by-make-course.txt"  # in a folder that this program may replace
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NBGRADER_CONFIG = '''"""Settings of the course: solutions are taken out, and what learners start from is left."""

c = get_config()  # noqa: F821 (nbgrader gives it)
c.CourseDirectory.course_id = "reading-the-news"
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.enforce_metadata = True
'''


class Question(NamedTuple):
    """A question as platforms know it: `kind` is single, several or essay; `options`: words, and whether right."""

    id: str
    title: str
    html: str
    kind: str
    options: tuple[tuple[str, bool], ...] = ()
    hints: tuple[str, ...] = ()
    sample: str = ""
    points: int = 1


def html_of(markdown: str) -> str:
    """Markdown as HTML that is also XML."""
    return mistune.create_markdown(plugins=[])(markdown).strip()


def questions_of(exercise: Exercise) -> list[Question]:
    """The questions of an exercise or of a form of the test, in order."""
    return [question for task in exercise.tasks for question in _of_task(exercise, task)]


def _of_task(exercise: Exercise, task: Task) -> Iterable[Question]:
    title = re.sub("^mark ", "find ", task.title)  # nobody can mark a text there
    name, title = f"{exercise.id}-{task.task}", title[:1].upper() + title[1:]
    if task.kind == "choose":
        for number, item in enumerate(task.items, 1):
            options = tuple((shown(option), option == item.key) for option in task.choices(item))
            asked = item.text or str(item.id)
            html = html_of(asked if exercise.id.startswith("form") else f"{title}\n\n{asked}")
            hints = (item.hint,) if item.hint else ()
            yield Question(f"{name}-{number}", f"{title} {number}", html, "single", options, hints)
    elif task.kind == "rewrite":
        html = html_of(f"{title}.\n\n{task.before}")
        yield Question(name, title, html, "essay", (), task.hints, task.after, REWRITING_POINTS)
    else:
        options = tuple(_passages(task)) if task.kind == "mark" else tuple((i.text, i.key) for i in task.items)
        html = html_of(title + (" Choose all that are right." if task.kind == "pick" else _look_for(task)))
        if task.kind == "mark":
            passage = excerpt(key_of(task.text_of), task.first, task.last)
            html += "".join(f"<p>{escape_html(p)}</p>" for p in passage.split("\n\n"))
        yield Question(name, title, html, "several", options, task.hints[:1], "", points(task))


def _look_for(task: Task) -> str:
    what = {"source": "a source", "cue": "a word of saying or of refusing"}.get(task.layer, f"a {task.layer}")
    return f". Which of these is {what} in the text below? Choose all that are."


def _passages(task: Task) -> list[tuple[str, bool]]:
    """What learners choose among where they cannot mark a text: passages of the key and some others, in their order."""
    document = key_of(task.text_of)
    start, end = (document.paragraphs[n - 1] for n in (task.first, task.last))
    places = {m.start: (document.text[m.start : m.end], True) for m in reversed(wanted(task))}
    for words in task.others:
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(document.text, start.start, end.end)
        if found is None:
            raise ValueError(
                f"{task.text_of}: {words!r} is not in paragraphs {task.first} to {task.last}; take words that are"
            )
        places.setdefault(found.start(), (words, False))
    return list(dict.fromkeys(places[place] for place in sorted(places)))


def shown(option: object) -> str:
    """An option as learners read it."""
    return {True: "yes", False: "no"}.get(option, str(option)) if isinstance(option, bool) else str(option)


def passages_of(exercise: Exercise) -> str:
    """What learners read before the questions, as HTML: the texts of an exercise, or the passage of a test."""
    html = "".join(html_of(what) for kind, what in exercise.parts if kind == "text" and exercise.id.startswith("form"))
    for name in exercise.texts:
        article = article_of(name)
        body = "".join(f"<p>{escape_html(p)}</p>" for p in article.text.strip().split("\n\n"))
        html += f"<h3>{escape_html(article.title)}</h3><p>{escape_html(article.outlet)}</p>{body}"
    return html


# ---------------------------------------------------------------- Moodle


def moodle(exercises: Iterable[Exercise]) -> str:
    """A question bank in Moodle XML, with a category for each exercise.

    Several answers become a matching question (yes or no to each), since Moodle accepts only some fractions of a point.
    """
    quiz = ET.Element("quiz")
    for exercise in exercises:
        category = ET.SubElement(ET.SubElement(quiz, "question", type="category"), "category")
        _text(category, "text", f"$course$/top/Reading the news/{exercise.title.replace('/', '//')}", wrap=False)
        if passage := passages_of(exercise):
            _question(quiz, "description", f"{exercise.title}: to read", passage, 0)
        for question in questions_of(exercise):
            _moodle_question(quiz, question)
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _text(parent: ET.Element, tag: str, words: str, *, wrap: bool = True, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    (ET.SubElement(element, "text") if wrap else element).text = words
    return element


def _question(quiz: ET.Element, kind: str, name: str, html: str, grade: int) -> ET.Element:
    element = ET.SubElement(quiz, "question", type=kind)
    _text(element, "name", name)
    _text(element, "questiontext", html, format="html")
    _text(element, "generalfeedback", "", format="html")
    ET.SubElement(element, "defaultgrade").text = str(grade)
    ET.SubElement(element, "hidden").text = "0"
    return element


def _moodle_question(quiz: ET.Element, question: Question) -> None:
    kind = {"single": "multichoice", "several": "matching", "essay": "essay"}[question.kind]
    element = _question(quiz, kind, question.title, question.html, question.points)
    ET.SubElement(element, "idnumber").text = question.id
    if question.kind == "essay":
        ET.SubElement(element, "responseformat").text = "plain"
        _text(element, "graderinfo", f"One good answer: {escape_html(question.sample)}", format="html")
        return
    ET.SubElement(element, "penalty").text = "0.3333333"
    ET.SubElement(element, "shuffleanswers").text = "false"
    if question.kind == "single":
        ET.SubElement(element, "single").text = "true"
        ET.SubElement(element, "answernumbering").text = "abc"
        for words, right in question.options:
            fraction = "100" if right else "0"
            answer = _text(element, "answer", escape_html(words), fraction=fraction, format="html")
            _text(answer, "feedback", "" if right else " ".join(map(escape_html, question.hints)), format="html")
    else:
        for words, right in question.options:
            part = _text(element, "subquestion", escape_html(words), format="html")
            _text(part, "answer", "yes" if right else "no")
    for hint in question.hints:
        _text(element, "hint", html_of(hint), format="html")


# ---------------------------------------------------------------- QTI 2.1


def qti(exercises: Iterable[Exercise]) -> dict[str, str]:
    """The files of a QTI 2.1 package by name: a test for each exercise, its items, and the manifest."""
    files: dict[str, str] = {}
    resources: list[tuple[str, str, list[str]]] = []  # name of the file, its type, the names that it needs
    for exercise in exercises:
        items = []
        for question in questions_of(exercise):
            name = f"items/{question.id}.xml"
            files[name] = _xml(_item(question))
            resources.append((name, "imsqti_item_xmlv2p1", []))
            items.append(name)
        test = f"tests/{exercise.id}.xml"
        files[test] = _xml(_test(exercise, items))
        resources.append((test, "imsqti_test_xmlv2p1", items))
    return {"imsmanifest.xml": _xml(_manifest(resources))} | files


def _xml(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _root(tag: str, space: str, schema: str, **attributes: str) -> ET.Element:
    location = {"xmlns": space, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{space} {schema}"}
    return ET.Element(tag, location | attributes)


def identifier(name: str) -> str:
    """A name as QTI accepts it: no digit first.

    >>> identifier("items/01-sources-kinds-1.xml")
    'i-01-sources-kinds-1'
    """
    return "i-" + Path(name).stem


def _item(question: Question) -> ET.Element:
    item = _root(
        "assessmentItem",
        QTI,
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
        identifier=identifier(question.id),
        title=question.title,
        adaptive="false",
        timeDependent="false",
    )
    essay, several = question.kind == "essay", question.kind == "several"
    response = ET.SubElement(
        item,
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="multiple" if several else "single",
        baseType="string" if essay else "identifier",
    )
    letters = [f"C{n}" for n in range(1, len(question.options) + 1)]
    right = [letter for letter, (_, is_right) in zip(letters, question.options, strict=True) if is_right]
    if right:
        correct = ET.SubElement(response, "correctResponse")
        for letter in right:
            ET.SubElement(correct, "value").text = letter
    if several:
        mapping = ET.SubElement(response, "mapping", lowerBound="0", upperBound=str(len(right)), defaultValue="-0.5")
        for letter in right:
            ET.SubElement(mapping, "mapEntry", mapKey=letter, mappedValue="1")
    outcome = ET.SubElement(
        item,
        "outcomeDeclaration",
        identifier="SCORE",
        cardinality="single",
        baseType="float",
        normalMaximum=str(len(right) if several else question.points),
    )
    ET.SubElement(ET.SubElement(outcome, "defaultValue"), "value").text = "0"
    body = ET.SubElement(item, "itemBody")
    body.extend(ET.fromstring(f"<div>{question.html}</div>"))
    if essay:
        ET.SubElement(body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="2")
        rubric = ET.SubElement(body, "rubricBlock", view="scorer")
        ET.SubElement(rubric, "p").text = f"One good answer: {question.sample}"
        return item
    most = "0" if several else "1"
    choice = ET.SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices=most)
    for letter, (words, _) in zip(letters, question.options, strict=True):
        ET.SubElement(choice, "simpleChoice", identifier=letter).text = words
    template = "map_response" if several else "match_correct"
    ET.SubElement(item, "responseProcessing", template=f"{TEMPLATES}/{template}")
    return item


def _test(exercise: Exercise, items: Iterable[str]) -> ET.Element:
    schema = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
    test = _root("assessmentTest", QTI, schema, identifier=identifier(exercise.id), title=exercise.title)
    part = ET.SubElement(test, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="simultaneous")
    section = ET.SubElement(part, "assessmentSection", identifier="section", title=exercise.title, visible="true")
    if passage := passages_of(exercise):
        ET.SubElement(section, "rubricBlock", view="candidate").extend(ET.fromstring(f"<div>{passage}</div>"))
    for name in items:
        ET.SubElement(section, "assessmentItemRef", identifier=identifier(name), href=f"../{name}")
    return test


def _manifest(resources: Iterable[tuple[str, str, list[str]]]) -> ET.Element:
    manifest = _root(
        "manifest", PACKAGE, "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd", identifier="course"
    )
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    listed = ET.SubElement(manifest, "resources")
    for name, kind, needs in resources:
        resource = ET.SubElement(listed, "resource", identifier=f"r{identifier(name)}", type=kind, href=name)
        ET.SubElement(resource, "file", href=name)
        for needed in needs:
            ET.SubElement(resource, "dependency", identifierref=f"r{identifier(needed)}")
    return manifest


def write_zip(path: Path, files: dict[str, str]) -> None:
    """A zip with the same bytes each time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in files.items():
            out.writestr(zipfile.ZipInfo(name, (2031, 1, 1, 0, 0, 0)), text)


# ---------------------------------------------------------------- H5P


def h5p(exercise: Exercise) -> dict[str, str]:
    """The two files of an H5P package without programs: a Question Set of multiple-choice questions, or nothing.

    Sentences to rewrite are left out: H5P grades an essay by the keywords in it, which says nothing of how sure it is.
    A site opens the package with the content types that it has.
    """
    questions = [question for question in questions_of(exercise) if question.kind != "essay"]
    if not questions:
        return {}
    settings = tomllib.loads((ROOT / "tools/h5p.toml").read_text("utf-8"))
    libraries = [
        {"machineName": name, "majorVersion": int(major), "minorVersion": int(minor)}
        for name, (major, minor) in ((name, v.split(".")) for name, v in settings["versions"].items())
    ]
    about = _h5p_metadata(exercise.title) | {
        "language": "en",
        "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["iframe"],
        "preloadedDependencies": libraries,
    }
    content = _question_set(exercise, questions, settings)
    return {
        name: json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        for name, value in (("h5p.json", about), ("content/content.json", content))
    }


def _h5p_metadata(title: str) -> dict[str, Any]:
    return {"title": title, "license": "U", "licenseExtras": "MIT licence, as the project that it comes from."}


def _question_set(exercise: Exercise, questions: Iterable[Question], settings: dict[str, Any]) -> dict[str, Any]:
    """The questions in order. A test shows no answers, and repeats its text above each question."""
    test, passage = exercise.id.startswith("form"), passages_of(exercise)
    passage = passage.replace("<h3>", "<p><strong>").replace("</h3>", "</strong></p>")  # H5P takes no headings here
    return {
        "introPage": {
            "showIntroPage": bool(passage),
            "title": escape_html(exercise.title),
            "introduction": passage,
            "startButtonText": "Start",
        },
        "progressType": "textual",
        "passPercentage": 50,
        "questions": [_multiple_choice(q, passage if test else "", settings, test=test) for q in questions],
        "texts": settings["question_set"],
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "endGame": settings["end"]
        | {
            "showResultPage": True,
            "showSolutionButton": not test,
            "showRetryButton": not test,
            "overallFeedback": [{"from": 0, "to": 100}],
            "showAnimations": False,
            "skippable": False,
        },
        "override": {"checkButton": not test} | {name: "off" for name in ("showSolutionButton", "retryButton") if test},
    }


def _multiple_choice(question: Question, passage: str, settings: dict[str, Any], *, test: bool) -> dict[str, Any]:
    hint = " ".join(map(escape_html, question.hints))
    comments = [
        {"tip": "", "chosenFeedback": "" if right else hint, "notChosenFeedback": ""} for _, right in question.options
    ]
    return {
        "library": f"H5P.MultiChoice {settings['versions']['H5P.MultiChoice']}",
        "subContentId": str(uuid.uuid5(uuid.NAMESPACE_URL, question.id)),
        "metadata": _h5p_metadata(question.title) | {"contentType": "Multiple Choice"},
        "params": {
            "question": passage + question.html,
            "answers": [
                {"text": escape_html(words), "correct": right, "tipsAndFeedback": comment}
                for (words, right), comment in zip(question.options, comments, strict=True)
            ],
            "overallFeedback": [{"from": 0, "to": 100}],
            "behaviour": {
                "enableRetry": not test,
                "enableSolutionsButton": not test,
                "enableCheckButton": not test,
                "type": "single" if question.kind == "single" else "multi",
                "singlePoint": False,
                "randomAnswers": False,
                "showSolutionsRequiresInput": True,
                "confirmCheckDialog": False,
                "confirmRetryDialog": False,
                "autoCheck": False,
                "passPercentage": 100,
                "showScorePoints": True,
            },
            "UI": settings["multiple_choice"],
            "confirmCheck": settings["confirm"],
            "confirmRetry": settings["confirm"],
        },
    }


def write_h5p(folder: Path, exercises: Iterable[Exercise]) -> None:
    """A package for each exercise that has questions to choose from."""
    folder.mkdir(parents=True)
    for exercise in exercises:
        if files := h5p(exercise):
            write_zip(folder / f"{exercise.id}.h5p", files)


# ---------------------------------------------------------------- nbgrader


def write_nbgrader(folder: Path, exercises: Iterable[Exercise]) -> None:
    """A course for nbgrader: its settings, and a notebook with solutions for each exercise."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(NBGRADER_CONFIG, encoding="utf-8")
    for exercise in exercises:
        (folder / "source" / exercise.id).mkdir(parents=True)
        notebook = notebook_of(exercise, answers=True, release=True)
        (folder / "source" / exercise.id / f"{exercise.id}.ipynb").write_text(to_text(notebook), encoding="utf-8")


def build(out: Path) -> None:
    """Write the folder.  Refuses one with files that this program did not write."""
    if out.exists():
        if any(out.iterdir()) and not (out / STAMP).exists():
            raise SystemExit(f"{out} holds files that were not made by this command; name another folder, or empty it")
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / STAMP).write_text("`make course` writes this folder, and replaces all of it the next time.\n", "utf-8")
    exercises, forms = load_exercises(), load_forms()
    (out / "moodle.xml").write_text(moodle([*exercises, *forms]), encoding="utf-8")
    write_zip(out / "qti.zip", qti([*exercises, *forms]))
    write_h5p(out / "h5p", [*exercises, *forms])
    write_nbgrader(out / "nbgrader", exercises)


def main() -> None:
    """Build the folder that the command line names, or course/."""
    if len(sys.argv) > 1 and sys.argv[1].startswith("-"):
        print(__doc__)
        return
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "course"
    build(out)
    print(f"Wrote {out / 'moodle.xml'}, {out / 'qti.zip'}, {out / 'h5p'} and {out / 'nbgrader'}.")


if __name__ == "__main__":
    main()
