"""Reads a network file with networkx (and GraphML also with igraph) and prints what it holds as JSON."""
import json, sys, tempfile

import networkx

kind, path = sys.argv[1:3]
if kind == "gexf":
    # networkx knows neither GEXF 1.3 (before 3.6) nor the time format dateTime: the same elements under names that it knows.
    text = open(path, encoding="utf-8").read()
    text = text.replace('xmlns="http://gexf.net/1.3" version="1.3"', 'xmlns="http://www.gexf.net/1.2draft" version="1.2"')
    text = text.replace('timeformat="dateTime"', 'timeformat="date"')
    with tempfile.NamedTemporaryFile("w", suffix=".gexf", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        graph = networkx.read_gexf(file.name, version="1.2draft")
    nodes = {n: {k: v for k, v in d.items() if k != "spells"} for n, d in graph.nodes(data=True)}
    edges = [[a, b, {k: v for k, v in d.items() if k not in ("id", "spells")}] for a, b, d in graph.edges(data=True)]
    spells = [[a, b, d.get("spells", [])] for a, b, d in graph.edges(data=True)]
    print(json.dumps({"directed": graph.is_directed(), "nodes": nodes, "edges": edges, "spells": spells}))
elif kind == "graphml":
    graph = networkx.read_graphml(path)
    graph = networkx.relabel_nodes(graph, {n: d["name"] for n, d in graph.nodes(data=True)})
    nodes = dict(graph.nodes(data=True))
    edges = [[a, b, {k: v for k, v in d.items() if k != "id"}] for a, b, d in graph.edges(data=True)]
    print(json.dumps({"directed": graph.is_directed(), "nodes": nodes, "edges": edges}))
else:
    import igraph

    graph = igraph.Graph.Read_GraphML(path)
    nodes = {v["name"]: {k: x for k, x in v.attributes().items() if k != "id" and x == x} for v in graph.vs}
    edges = [[graph.vs[e.source]["name"], graph.vs[e.target]["name"], {k: x for k, x in e.attributes().items() if k != "id" and x == x}] for e in graph.es]
    print(json.dumps({"directed": graph.is_directed(), "nodes": nodes, "edges": edges}))
