"""Many articles: order, errors, duplicates, dead workers; parts with the same bytes, interrupted or not."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from analysis import annotate
from analysis.cli import main
from analysis.corpora.batch import batched
from analysis.corpora.corpus import ARROW, Item, annotate_corpus, items, partitions
from analysis.corpora.duplicates import Seen, signature, similarity
from analysis.corpora.parallel import Processes, in_order
from analysis.inputs.sidecars import Known
from analysis.tables import make_tables
from analysis.text.article import Article, ArticleError, ArticleWarning

NAMES = ["Ann Reed", "Omar Diallo", "Ana Silva", "Petr Novak", "Mei Tanaka", "Lars Holm"]
PLACES = ["harbour", "bridge", "school", "market", "station", "library", "clinic"]


def text(n):
    """An invented article, another for each n."""
    who, place = NAMES[n % len(NAMES)], PLACES[n % len(PLACES)]
    return (
        f"The vote on {place} number {n} may be delayed, {who} said on Monday. “We need {n + 2} more days,” {who} "
        f"told reporters. According to the council, the plan for the {place} is expected to cost {n} million."
    )


def write_lines(path, numbers):
    rows = (
        json.dumps({"doc_id": f"d{n}", "text": text(n), "outlet": "The Invented Post", "published": "2031-02-03"})
        for n in numbers
    )
    path.write_text("".join(row + "\n" for row in rows), "utf-8")
    return path


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# ---------------------------------------------------------------- annotate


def test_two_processes_write_what_one_writes(tmp_path):
    source = write_lines(tmp_path / "in.jsonl", range(100))
    assert main(["annotate", str(source), "-o", str(tmp_path / "one.jsonl")]) == 0
    assert main(["annotate", str(source), "-o", str(tmp_path / "two.jsonl"), "--jobs", "2"]) == 0
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert [r["doc_id"] for r in records(tmp_path / "one.jsonl")] == [f"d{n}" for n in range(100)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_errors_are_written_with_file_row_and_reason(tmp_path, capsys, jobs):
    source = tmp_path / "in.csv"
    source.write_text(f'text\n"{text(1)}"\n""\n"{text(2)}"\n'.replace("“", "''").replace("”", "''"), "utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["annotate", str(source), str(tmp_path / "nowhere"), "-o", str(out), "--jobs", jobs]) == 1
    assert len(records(out)) == 2
    assert records(tmp_path / "errors.jsonl") == [
        {"file": source.as_posix(), "row": 3, "reason": "it contains no text; give an article with words"},
        {
            "file": str(tmp_path / "nowhere"),
            "row": None,
            "reason": "no such file or folder; check the spelling, or give another path",
        },
    ]
    assert "in.csv:3: it contains no text" in capsys.readouterr().err
    source.write_text("text\nGood.\n", "utf-8")
    assert main(["annotate", str(source), "-o", str(out)]) == 0
    assert records(tmp_path / "errors.jsonl") == []  # those of the earlier run are not left standing


def test_errors_go_to_the_file_named_and_none_is_made_without_need(tmp_path):
    source = write_lines(tmp_path / "in.jsonl", range(2))
    assert main(["annotate", str(source), "-o", str(tmp_path / "out.jsonl")]) == 0
    assert not (tmp_path / "errors.jsonl").exists()
    assert main(["annotate", str(tmp_path / "nowhere"), "--errors", str(tmp_path / "e.jsonl")]) == 1
    assert len(records(tmp_path / "e.jsonl")) == 1


def test_an_input_is_never_overwritten(tmp_path, capsys):
    source = write_lines(tmp_path / "in.jsonl", range(2))
    before = source.read_bytes()
    assert main(["annotate", str(source), "-o", str(source)]) == 2
    assert source.read_bytes() == before
    assert "is also an input and would be overwritten" in capsys.readouterr().err


def test_articles_that_look_like_what_is_written_are_not_overwritten(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    ours = folder / "out.jsonl"
    articles = folder / "mine.jsonl"
    for line in (
        '{"file": "a", "row": 1, "text": "It may rain."}',
        '{"file":"a","text":"It may rain."}',
        '{"doc_id":"a","text":"It may rain.","sha256":"' + 64 * "0" + '"}',
    ):
        articles.write_text(line + "\n", "utf-8")
        assert main(["annotate", str(folder), "-o", str(articles)]) == 2
        assert articles.read_text("utf-8") == line + "\n"
    for _ in range(2):  # what the command wrote itself it may write again: lines of articles, and of errors
        assert (
            main(
                [
                    "annotate",
                    str(folder),
                    str(tmp_path / "nowhere"),
                    "-o",
                    str(ours),
                    "--errors",
                    str(folder / "e.jsonl"),
                ]
            )
            == 1
        )
    assert (len(records(ours)), len(records(folder / "e.jsonl"))) == (1, 1)


def test_of_a_file_with_many_warnings_the_first_are_shown(tmp_path, capsys):
    row = json.dumps({"text": "It may rain.", "date": "3 March"}) + "\n"
    (tmp_path / "a.jsonl").write_text(25 * row, "utf-8")
    (tmp_path / "b.jsonl").write_text(row, "utf-8")
    assert main(["annotate", str(tmp_path), "-o", str(tmp_path / "out.jsonl")]) == 0
    told = [line.rsplit("/", 1)[1] for line in capsys.readouterr().err.splitlines()]
    reason = "published '3 March' is not a date that we can read; left out: write it as an ISO date such as 2024-11-10"
    assert told == [
        *(f"a.jsonl:{n}: {reason}" for n in range(1, 11)),
        "a.jsonl: 15 more rows with warnings",
        f"b.jsonl:1: {reason}",
    ]


def test_an_article_that_the_rules_stumble_over_loses_nothing_else(tmp_path, monkeypatch, capsys):
    import analysis.pipeline

    annotate = analysis.pipeline.annotate

    def stumble(article, **options):
        if article.doc_id == "d1":
            raise KeyError("a bug")
        return annotate(article, **options)

    monkeypatch.setattr(analysis.pipeline, "annotate", stumble)
    source = write_lines(tmp_path / "in.jsonl", range(3))
    assert main(["annotate", str(source), "-o", str(tmp_path / "out.jsonl")]) == 1
    assert [r["doc_id"] for r in records(tmp_path / "out.jsonl")] == ["d0", "d2"]
    (error,) = records(tmp_path / "errors.jsonl")
    assert (error["file"], error["row"]) == (source.as_posix(), 2)
    assert error["reason"].startswith("could not be annotated (KeyError: 'a bug')")


def test_duplicates_are_told_and_kept(tmp_path):
    near = text(3).replace("on Monday", "on Monday night")
    rows = [("a", text(3)), ("b", text(4)), ("c", text(3)), ("d", near)]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"doc_id": d, "text": t}) + "\n" for d, t in rows), "utf-8")
    found = {}
    for name, extra in (("exact", []), ("near", ["--near-duplicates", "0.6", "--jobs", "2"])):
        assert main(["annotate", str(source), "-o", str(tmp_path / "out.jsonl"), *extra]) == 0
        found[name] = [r["duplicate_of"] for r in records(tmp_path / "out.jsonl")]
    assert found == {"exact": [None, None, "a", None], "near": [None, None, "a", "a"]}


def test_the_estimate_of_similarity_is_near_the_truth():
    words = [f"w{n}" for n in range(1004)]
    one, other = " ".join(words), " ".join(words[:804] + [f"v{n}" for n in range(200)])
    truth = 800 / 1200  # of 1,000 sequences of five words in each, 800 are shared
    assert similarity(signature(one), signature(one)) == 1
    assert abs(similarity(signature(one), signature(other)) - truth) < 0.12
    assert similarity(signature(one), signature("nothing in common with it at all")) < 0.05


def test_pairs_as_similar_as_the_threshold_are_found():
    words = [f"w{n}" for n in range(1004)]
    with Seen(threshold=0.5) as seen:
        assert seen.near("a", signature(" ".join(words))) is None
        assert seen.near("b", signature(" ".join(words[:904] + [f"v{n}" for n in range(100)])))[0] == "a"
        assert seen.near("c", signature("quite another text with other words")) is None


def test_what_was_seen_is_closed_after_use():
    with Seen() as seen:
        assert seen.same("a", "00ff") is None
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        seen.same("b", "00ff")


# ---------------------------------------------------------------- workers that die


def double(batch, *, deadly, trace):
    out = []
    for item in batch:
        if item == deadly:
            with open(trace, "a") as file:
                file.write("died\n")
            os.kill(os.getpid(), signal.SIGKILL)
        out.append(2 * item)
    return out


@pytest.mark.parametrize("deadly", [0, 7, 19, None])
def test_a_worker_that_dies_takes_only_the_deadly_item_with_it(tmp_path, deadly):
    workers = Processes(2)
    work = partial(double, deadly=deadly, trace=tmp_path / "trace")
    batches = [list(range(k, k + 5)) for k in range(0, 20, 5)]
    results = list(in_order(work, batches, workers, lambda item: None))
    workers.close()
    assert [r for batch in results for r in batch] == [None if n == deadly else 2 * n for n in range(20)]


# ---------------------------------------------------------------- corpus


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_corpus_writes_the_tables_in_parts(tmp_path):
    source = write_lines(tmp_path / "in.jsonl", range(10))
    with source.open("a", encoding="utf-8") as file:
        file.write('{"text": ""}\n' + json.dumps({"doc_id": "d3", "text": text(3)}) + "\n")
    manifest = annotate_corpus(source, tmp_path / "out", jobs=1, partition=4, near_duplicates=0.8)
    assert (manifest["parts"], manifest["rows"]["articles"], manifest["errors"]) == (3, 11, 1)
    articles = pd.read_parquet(tmp_path / "out/articles")
    assert articles["doc_id"].tolist() == [*(f"d{n}" for n in range(10)), "d3#2"]
    assert articles["duplicate_of"].dropna().tolist() == ["d3"]
    assert set(articles["published"].dt.strftime("%Y-%m").dropna()) == {"2031-02"}
    attributions = pd.read_parquet(tmp_path / "out/attributions")
    assert attributions.groupby("doc_id").size().min() >= 2
    assert set(pd.read_parquet(tmp_path / "out/markers")["doc_id"]) == set(articles["doc_id"])
    assert pd.read_parquet(tmp_path / "out/near_duplicates.parquet").to_dict("records") == [
        {"doc_id": "d3#2", "duplicate_of": "d3", "similarity": 1.0}
    ]
    (error,) = records(tmp_path / "out/errors.jsonl")
    assert (error["row"], error["reason"]) == (11, "it contains no text; give an article with words")


def test_rows_that_no_table_can_hold_never_fail_a_part(tmp_path, monkeypatch):
    import analysis.corpora.corpus

    source = tmp_path / "in.csv"
    source.write_bytes(
        "id,title,date,text\n1,Łódź,,One.\nŁ,B,,Two.\n3,C,0001-01-01T00:00+14:00,Three.\n".encode("iso8859_2")
    )
    with pytest.warns(ArticleWarning, match="left out"):
        manifest = annotate_corpus(source, tmp_path / "out", jobs=1)
    assert (manifest["rows"]["articles"], manifest["errors"]) == (2, 1)
    assert pd.read_parquet(tmp_path / "out/articles")["doc_id"].tolist() == ["1", "3"]

    write = analysis.corpora.corpus.to_parquet

    def stumble(frame):
        if "doc_id" in frame and "d1" in set(frame["doc_id"]):
            raise ValueError("no such type")
        return write(frame)

    monkeypatch.setattr(analysis.corpora.corpus, "to_parquet", stumble)
    manifest = annotate_corpus(write_lines(tmp_path / "in.jsonl", range(3)), tmp_path / "two", jobs=1)
    assert pd.read_parquet(tmp_path / "two/articles")["doc_id"].tolist() == ["d0", "d2"]
    (error,) = records(tmp_path / "two/errors.jsonl")
    assert (error["row"], error["reason"].split(";")[0]) == (2, "could not be annotated (ValueError: no such type)")


def test_parts_that_are_there_are_not_made_again(tmp_path):
    source = write_lines(tmp_path / "in.jsonl", range(12))
    annotate_corpus(source, tmp_path / "out", jobs=1, partition=4)
    whole = tree(tmp_path / "out")
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*/part-00000.parquet")}
    (tmp_path / "out/done/part-00001.json").unlink()  # as if interrupted before the second part was done
    (tmp_path / "out/markers/part-00001.parquet").unlink()
    (tmp_path / "out/markers/.part-00001.parquet.unfinished").write_bytes(b"PAR")
    annotate_corpus(source, tmp_path / "out", jobs=2, partition=4)
    assert tree(tmp_path / "out") == whole
    assert {p: p.stat().st_mtime_ns for p in times} == times


def test_a_part_whose_articles_changed_is_made_again_and_stale_parts_go(tmp_path):
    source = write_lines(tmp_path / "in.jsonl", range(12))
    annotate_corpus(source, tmp_path / "out", jobs=1, partition=4)
    write_lines(source, [*range(4), 20])
    annotate_corpus(source, tmp_path / "out", jobs=1, partition=4)
    write_lines(tmp_path / "in.jsonl", [*range(4), 20])
    annotate_corpus(source, tmp_path / "fresh", jobs=1, partition=4)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_corpus_killed_half_way_and_resumed_ends_with_the_same_bytes(tmp_path):
    source = write_lines(tmp_path / "in.jsonl", range(96))
    annotate_corpus(source, tmp_path / "whole", jobs=1, partition=6)
    command = [
        sys.executable,
        "-m",
        "analysis",
        "corpus",
        str(source),
        str(tmp_path / "out"),
        "--jobs",
        "1",
        "--partition",
        "6",
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (tmp_path / "out/done/part-00003.json").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = len(list((tmp_path / "out/done").glob("*.json")))
    assert 3 < done <= 16
    assert subprocess.run(command, capture_output=True, check=True).returncode == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_sink_inside_its_source_is_refused(tmp_path, capsys):
    write_lines(tmp_path / "in.jsonl", range(2))
    assert main(["corpus", str(tmp_path), str(tmp_path / "out")]) == 2
    assert "name a folder outside it" in capsys.readouterr().err


def test_a_sink_touches_nothing_beside_its_own_tables(tmp_path, capsys):
    source = write_lines(tmp_path / "in.jsonl", range(2))
    frame = pd.DataFrame({"text": [text(1), text(2)]})
    for folder in ("export", "articles"):
        (tmp_path / folder).mkdir()
        frame.to_parquet(tmp_path / folder / "part-00007.parquet")
    before = (tmp_path / "export/part-00007.parquet").read_bytes()
    assert main(["corpus", str(tmp_path / "articles"), str(tmp_path)]) == 2
    assert "would overwrite" in capsys.readouterr().err
    call = ["corpus", str(tmp_path / "export"), str(source), str(tmp_path), "--jobs", "1"]
    assert main(call) == 2  # the part in articles/ may be anyone's
    assert "part-00007.parquet was not written by this command" in capsys.readouterr().err
    (tmp_path / "articles/part-00007.parquet").unlink()
    assert main(call) == 0
    assert not (tmp_path / ".separate").exists()  # it would hide in.jsonl and export/
    frame.to_parquet(tmp_path / "articles/part-00007.parquet")  # as of a longer input before
    assert main(call) == 0
    assert (tmp_path / "export/part-00007.parquet").read_bytes() == before
    assert not (tmp_path / "articles/part-00007.parquet").exists()


def test_partitions_are_cut_by_number_and_by_length():
    articles = [Article("x" * n, doc_id=str(k)) for k, n in enumerate([5, 1_500_000, 1_500_000, 5, 5])]
    known = [Known(article) for article in articles]
    parts = partitions(items([*known, ArticleError("bad")]), 2)
    ids = [[getattr(i.article, "doc_id", None) for i in part] for part in parts]
    assert ids == [["0", "1"], ["2", "3"], ["4", None]]
    assert [i.duplicate_of for i in items(known)] == [None, None, "1", "0", "0"]


def test_a_process_is_handed_few_long_articles_at_a_time():
    known = [Known(Article("x" * n)) for n in (5, 150, 60, 250, 5, 5, 5, 5)]
    batches = batched([ArticleError("bad"), *known], 3, 200)
    assert [[len(i.article.text) if isinstance(i, Known) else None for i in batch] for batch in batches] == [
        [None, 5, 150],
        [60],
        [250],
        [5, 5, 5],
        [5],
    ]


def test_an_item_has_an_id_of_its_own():
    made = items(Known(Article("A vote.", doc_id=d)) for d in ("a", "a", "a#2", "a"))
    assert [i.article.doc_id for i in made] == ["a", "a#2", "a#2#2", "a#3"]
    assert Item(Article("A vote.")).duplicate_of is None


def test_time_for_ids_that_are_all_the_same_grows_with_their_number():
    seconds = []
    for count in (2_000, 20_000):
        start = time.perf_counter()
        made = list(items([Known(Article("A vote.", doc_id="a"))] * count))
        seconds.append(time.perf_counter() - start)
        assert made[-1].article.doc_id == f"a#{count}"
    assert seconds[1] < 40 * seconds[0] + 1  # ten times as many; counted from 2 each time it would be a hundred


def test_a_scheduler_that_is_lost_is_named(tmp_path, monkeypatch, capsys):
    import distributed

    def lost(*_):
        raise distributed.client.FutureCancelledError("part", "scheduler-connection-lost")

    monkeypatch.setattr("analysis.corpora.corpus._run", lost)
    assert main(["corpus", str(tmp_path), str(tmp_path / "out"), "--scheduler", "tcp://10.0.0.5:8786"]) == 1
    assert capsys.readouterr().err.startswith("error: --scheduler tcp://10.0.0.5:8786: the connection was lost; ")


@pytest.fixture(scope="module")
def client():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        Client(cluster) as made,
    ):
        yield made


@pytest.mark.filterwarnings("ignore")  # of the cluster's own
def test_a_dask_cluster_writes_the_same_and_survives_the_loss_of_a_worker(tmp_path, client):
    source = write_lines(tmp_path / "in.jsonl", range(40))
    annotate_corpus(source, tmp_path / "here", jobs=1, partition=4)

    class Killer:
        """Stands for the progress bar: kills a worker when the first parts are done."""

        steps = 0

        def step(self):
            self.steps += 1
            if self.steps == 3:
                os.kill(
                    client.run(os.getpid, workers=[next(iter(client.scheduler_info()["workers"]))]).popitem()[1],
                    signal.SIGKILL,
                )

    killer = Killer()
    annotate_corpus(source, tmp_path / "there", client, partition=4, progress=killer)
    assert killer.steps == 10
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert Path(tmp_path / "there/manifest.json").exists()


def test_the_progress_bar_is_for_terminals_only(tmp_path, capfd):
    source = write_lines(tmp_path / "in.jsonl", range(5))
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    subprocess.run(
        [sys.executable, "-m", "analysis", "annotate", str(source), "-o", str(tmp_path / "out.jsonl")],
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    assert b"5 articles" in os.read(ours, 10_000)
    os.close(ours)
    assert main(["annotate", str(source), "-o", str(tmp_path / "out.jsonl")]) == 0
    assert capfd.readouterr().err == ""


def test_every_type_of_a_column_can_be_written():
    tables = make_tables([annotate("It may rain.")])
    assert {str(dtype) for frame in tables.values() for dtype in frame.dtypes} <= set(ARROW)
