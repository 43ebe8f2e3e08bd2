"""The script a user would write instead (yaml, jinja2, pyplot, weasyprint): `naive.py MATERIAL OUT`, same pages. It
reads the same files, draws as many charts of the same data, fills the same pages and lays them out, the way the
documentation of each library shows first. MATERIAL is prepared by bench.py."""

import json
import sys
from pathlib import Path

import jinja2
import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import weasyprint
import yaml


def main(material, out):
    data = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((material / "data").glob("**/*.yaml"))}
    texts = {path.stem: path.read_text() for path in sorted((material / "data").glob("**/*.md"))}
    charts = json.loads((material / "charts.json").read_text())
    for name, chart in charts.items():
        figure, axes = plt.subplots(figsize=(chart["width"] / 25.4, chart["height"] / 25.4))
        bottom = [0.0] * len(chart["labels"])
        for label, values in chart["series"].items():
            axes.bar(chart["labels"], values, bottom=bottom, label=label)
            bottom = [low + value for low, value in zip(bottom, values)]
        axes.tick_params(axis="x", labelrotation=45)
        axes.grid(axis="y", alpha=0.3)
        if len(chart["series"]) > 1:
            axes.legend()
        figure.tight_layout()
        figure.savefig(material / f"{name}.svg")
        plt.close(figure)
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(material))
    for path in sorted(material.glob("page-*.html")):
        html = pages.get_template(path.name).render(data=data, texts=texts)
        weasyprint.HTML(string=html, base_url=str(material)).write_pdf(f"{out}-{path.stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
