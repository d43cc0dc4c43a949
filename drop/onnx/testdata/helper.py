# Writes helper.onnx with ONNX's own library (1.12.0): python3 helper.py
# Two layers, the numbers in the fields of their types, the names of rows as README.md shows it.
import json
import onnx
from onnx import TensorProto as T, helper as h

def tensor(name, kind, dims, values):
    return h.make_tensor(name, kind, dims, values)

nodes, tensors, last = [], [], "x"
def step(op, out, *others, **attributes):
    global last
    nodes.append(h.make_node(op, [last, *others], [out], **attributes))
    last = out

for i, (weights, dims, bias) in enumerate([([1, -2, 3, -4, 5, -6, 7, -8, 9, -10], [5, 2], [100, -100]), ([11, 12], [2, 1], [-13])]):
    tensors += [tensor(f"w{i}", T.INT8, dims, weights), tensor(f"b{i}", T.INT32, [dims[1]], bias)]
    for name, value in ("zero", 0), ("by", 8), ("most", 15):
        tensors.append(tensor(f"{name}{i}", T.INT32, [], [value]))
    step("MatMulInteger", f"p{i}", f"w{i}")
    step("Add", f"s{i}", f"b{i}")
    step("Max", f"r{i}", f"zero{i}")
    step("Div", f"d{i}", f"by{i}")
    step("Min", f"m{i}", f"most{i}")
    step("Cast", f"y{i}", to=T.UINT8)

graph = h.make_graph(nodes, "graph", [h.make_tensor_value_info("x", T.UINT8, [1, 5])], [h.make_tensor_value_info(last, T.UINT8, [1, 1])], tensors)
model = h.make_model(graph, opset_imports=[h.make_opsetid("", 13)])
h.set_model_props(model, {"author": "somebody", "genproof.rows": json.dumps([["Sky", "Night"], ["Sky", "Dämmerung"], ["Moon", None]])})
onnx.checker.check_model(model)
onnx.save(model, "helper.onnx")
