"""Runs CoreNames on documents (JSON Lines on stdin) and writes its names. Arguments: a folder to work in, a class path."""
import json
import pathlib
import subprocess
import sys


def rune_offsets(text):
    """The code point at each UTF-16 unit of text, and the end."""
    offsets = []
    for i, c in enumerate(text):
        offsets += [i] * (2 if ord(c) > 0xFFFF else 1)
    return offsets + [len(text)]


def main():
    folder, class_path = pathlib.Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(parents=True, exist_ok=True)
    documents = [json.loads(line) for line in sys.stdin]
    for i, d in enumerate(documents):
        (folder / f"{i:05}.txt").write_text(d["text"], encoding="utf-8", newline="")
    run = subprocess.run(
        ["java", "-Xmx2g", "-XX:ActiveProcessorCount=1", "-cp", class_path, str(pathlib.Path(__file__).with_name("CoreNames.java")), str(folder)],
        stderr=subprocess.PIPE, text=True, check=True)
    print(run.stderr.strip().splitlines()[-1], file=sys.stderr)
    for i, d in enumerate(documents):
        offsets = rune_offsets(d["text"])
        ents = []
        for line in (folder / f"{i:05}.ents").read_text().splitlines():
            start, end, kind = line.split()
            ents.append([offsets[int(start)], offsets[int(end)], kind])
        print(json.dumps({"id": d["id"], "ents": ents}))


main()
