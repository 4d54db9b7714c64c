"""The course: every question in Moodle XML and QTI with its key, and notebooks that give nothing away."""

from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

import nbformat
import pytest

import build_course
from analysis.teaching.exercises import load_exercise, load_exercises, load_forms

EVERY = [*load_exercises(), *load_forms()]
ITEM = f"{{{build_course.QTI}}}"
PACKED = f"{{{build_course.PACKAGE}}}"


def questions():
    return [question for exercise in EVERY for question in build_course.questions_of(exercise)]


def test_a_question_for_each_item_and_each_passage():
    sources = build_course.questions_of(load_exercise("01-sources"))
    assert [q.kind for q in sources] == ["several", "single", "single", "single", "single", "single"]
    right = [words for words, is_right in sources[0].options if is_right]
    assert right == [
        "the council’s statement", "Pellowick Structures, the company that built it", "a council spokeswoman",
        "Jonas Teale, who leads the opposition on the council", "he", "The council",
        "Amara Quist, a structural engineer at the University of Ravelshire who has not examined the bridge", "she",
    ]  # fmt: skip
    assert {words for words, is_right in sources[0].options if not is_right} == {
        "Tobias Varrow", "the foundry", "members", "three thousand people",
    }  # fmt: skip
    assert [q.kind for q in build_course.questions_of(load_exercise("07-surer"))] == ["essay"] * 3
    assert len({q.id for q in questions()}) == len(questions())


def test_every_passage_that_can_be_chosen_stands_in_the_text():
    for exercise in load_exercises():
        by_id = {question.id: question for question in build_course.questions_of(exercise)}
        for task in exercise.tasks:
            if task.kind == "mark":
                question = by_id[f"{exercise.id}-{task.task}"]
                text = build_course.excerpt(build_course.key_of(task.text_of), task.first, task.last)
                assert all(words in text for words, _ in question.options)


def test_moodle_has_each_question_with_one_right_answer_or_one_for_each_passage(course):
    quiz = ET.parse(course / "moodle.xml").getroot()
    kinds = [question.get("type") for question in quiz]
    assert kinds.count("category") == len(EVERY) == 12
    assert kinds.count("multichoice") == sum(q.kind == "single" for q in questions())
    assert kinds.count("matching") == sum(q.kind == "several" for q in questions()) == 6
    assert kinds.count("essay") == 3
    for question in quiz.iter("question"):
        if question.get("type") == "multichoice":
            assert sorted(answer.get("fraction") for answer in question.findall("answer"))[-2:] == ["0", "100"]
        if question.get("type") == "matching":
            assert {part.findtext("answer/text") for part in question.findall("subquestion")} == {"yes", "no"}
    keys = {
        question.findtext("idnumber"): next(
            a.findtext("text") for a in question.iter("answer") if a.get("fraction") == "100"
        )
        for question in quiz.findall("question[@type='multichoice']")
    }
    assert keys["03-may-or-may-words-2"] == "no"  # May 2019
    assert keys["01-sources-kinds-5"] == "nobody"
    assert keys["form-a-test-4"] == "“may” in the first sentence"
    assert keys["form-b-test-8"] == "Hanna Mace"


def test_the_qti_package_names_every_file_and_only_files_it_has(package):
    manifest = package["imsmanifest.xml"]
    assert manifest.findtext(f".//{PACKED}schema") == "QTIv2.1 Package"
    listed = manifest.findall(f".//{PACKED}resource")
    assert {resource.get("href") for resource in listed} == package.keys() - {"imsmanifest.xml"}
    names = {resource.get("identifier") for resource in listed}
    assert len(names) == len(listed)
    assert {needed.get("identifierref") for needed in manifest.iter(f"{PACKED}dependency")} <= names
    for name, root in package.items():
        if root.tag == f"{ITEM}assessmentTest":
            for item in root.iter(f"{ITEM}assessmentItemRef"):
                there = PurePosixPath(name).parent.parent / item.get("href").removeprefix("../")
                assert package[str(there)].get("identifier") == item.get("identifier")


def test_every_qti_item_has_a_key_among_its_choices(package):
    items = [root for root in package.values() if root.tag == f"{ITEM}assessmentItem"]
    assert len(items) == len(questions())
    for item, question in zip(items, questions(), strict=True):
        choices = {c.get("identifier"): c.text for c in item.iter(f"{ITEM}simpleChoice")}
        right = [value.text for value in item.findall(f".//{ITEM}correctResponse/{ITEM}value")]
        assert [choices[letter] for letter in right] == [words for words, is_right in question.options if is_right]
        assert bool(right) is (question.kind != "essay")


def test_hostile_words_stay_words():
    question = build_course.Question("q", "<b>", "<p>a &lt; b</p>", "single", (("</value><x>&", True), ("]]>", False)))
    item = ET.fromstring(build_course._xml(build_course._item(question)))
    assert [choice.text for choice in item.iter(f"{ITEM}simpleChoice")] == ["</value><x>&", "]]>"]
    quiz = ET.Element("quiz")
    build_course._moodle_question(quiz, question)
    read = ET.fromstring(ET.tostring(quiz))
    assert [answer.findtext("text") for answer in read.iter("answer")] == ["&lt;/value&gt;&lt;x&gt;&amp;", "]]&gt;"]


def test_the_notebooks_of_the_course_keep_what_learners_start_from_outside_the_solution(course):
    for exercise in load_exercises():
        path = course / f"nbgrader/source/{exercise.id}/{exercise.id}.ipynb"
        solved = [c.source for c in nbformat.read(path, as_version=4).cells if c.metadata["nbgrader"]["solution"]]
        pupil = build_course.notebook_of(exercise, answers=False)
        start = [c.source for c in pupil.cells if c.metadata["nbgrader"]["solution"]]
        assert [source.split("\n### BEGIN SOLUTION\n")[0] for source in solved] == start
        assert len(solved) == len(exercise.tasks)


def test_two_runs_write_the_same_bytes_and_a_folder_of_others_is_left_alone(course, tmp_path):
    build_course.build(tmp_path / "again")
    for name in ("moodle.xml", "qti.zip", "h5p/01-sources.h5p"):
        assert (tmp_path / "again" / name).read_bytes() == (course / name).read_bytes()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    with pytest.raises(SystemExit, match="holds files that were not made by this command"):
        build_course.build(tmp_path / "mine")


def test_the_two_forms_are_parallel():
    a, b = (form.tasks[0].items for form in load_forms())
    assert [item.skill for item in a] == [item.skill for item in b]
    assert len(a) == 12
    assert len({item.skill for item in a}) == 12
    for items in (a, b):
        assert all(len(item.options) == len(set(item.options)) == 4 for item in items)
        places = [item.options.index(item.key) for item in items]
        assert max(map(places.count, range(4))) <= 4  # no place is right much more often than by chance
