"""Questions stand in their chapter, answers at the back of the book; each tells the page of the other."""

from lxml import etree

from handbook.book.assemble import Tree
from handbook.book.cleaning import LETTERS, has_class, replace
from handbook.book.order import Entry, key
from handbook.content import Handbook

SELF_TEST = "start/self-test.md"
ANSWERS = "answers"
# The link from an answer to the page that tells more: told with its page each time.
READ_ON = "hb-read-on"
_HEADINGS = ("h2", "h3", "h4")


def set_answers_apart(book: Handbook, tree: Tree) -> None:
    """Numbers the questions of TREE's self-test, moves their answers to a new last section, and lets other pages name the numbers.

    Without the self-test a tree is left alone: the answers of a selection stand where they are asked.
    """
    home = next((section for section in tree.sections if section.get("id") == key(SELF_TEST)), None)
    if home is None:
        return

    def word(name: str) -> str:
        return book.labels("book", name, tree.lang)

    title = word("answers")
    back = etree.Element("section", {"id": ANSWERS, "data-level": "1", "data-number": "", "data-title": title})
    etree.SubElement(back, "h1", {"class": "page-title"}).text = title
    numbers = _move(home, back, word("answer"))
    for section in tree.sections:
        if section is not home:
            _refer(section, home.get("id"), numbers, word("question"))
    tree.root.find("body").append(back)
    tree.entries.append(Entry(1, None, title))


def _move(home: etree._Element, back: etree._Element, word: str) -> dict[str, int]:
    """Moves the answers of the section HOME to BACK, under its headings; returns the number of each question by its id."""
    prefix = f"{home.get('id')}--q-"
    numbers: dict[str, int] = {}
    for element in list(home.iter("div", *_HEADINGS)):
        if element.tag in _HEADINGS and not has_class(element, "page-title"):
            etree.SubElement(back, "h2").text = "".join(element.itertext()).strip()
        if not has_class(element, "hb-question"):
            continue
        its_id = element.get("id").removeprefix(prefix)
        numbers[its_id] = len(numbers) + 1
        asked = element.find(".//p[@class='hb-open']/strong")
        asked.text = f"{numbers[its_id]}. {asked.text or ''}"
        for opened in [part for part in element.iter("div") if has_class(part, "opened")]:
            _append_answer(back, its_id, element, opened, numbers[its_id])
            where = etree.Element("p", {"class": "hb-note"})
            etree.SubElement(where, "a", href=f"#{ANSWERS}--{its_id}").text = word
            replace(opened, where)
    return numbers


def _append_answer(back: etree._Element, its_id: str, question: etree._Element, opened: etree._Element, number: int) -> None:
    told = opened.findall("p")[-1]
    answer = etree.SubElement(back, "p", {"id": f"{ANSWERS}--{its_id}", "class": "hb-answer"})
    link = etree.SubElement(answer, "a", href=f"#{question.get('id')}")
    link.text = f"{number}."
    quiz = next((part for part in question.iter("div") if part.get("data-answer")), None)
    letter = f" {chr(ord(LETTERS) + int(quiz.get('data-answer')) - 1)}." if quiz is not None else ""
    link.tail = f"{letter} {told.text or ''}"
    answer.extend(list(told))
    if not answer[-1].get("class"):
        answer[-1].set("class", READ_ON)


def _refer(section: etree._Element, home: str, numbers: dict[str, int], word: str) -> None:
    """In SECTION, puts the numbers of the questions, which stand in the section HOME, where the questions stood."""
    for quiz in [part for part in section.iter("div") if has_class(part, "hb-step-quiz")]:
        asked = [one.get("id") for one in quiz.iter("div") if has_class(one, "hb-question")]
        ids = [max((its_id for its_id in numbers if one.endswith(f"-{its_id}")), key=len) for one in asked]
        where = etree.Element("p", {"class": "hb-note"})
        where.text = f"{quiz.findtext('p')}: {word} "
        for place, its_id in enumerate(ids, 1):
            link = etree.SubElement(where, "a", href=f"#{home}--q-{its_id}")
            link.text = str(numbers[its_id])
            link.tail = ", " if place < len(ids) else "."
        replace(quiz, where)
