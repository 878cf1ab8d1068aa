"""Times one training step of a multilayer perceptron in PyTorch, one thread, as the trainer's own step does it: gather
the batch from bytes, forward, loss, backward, Adam. argv[1] is a StepConfig. Prints {"version"} in one line of JSON, then
for each number of steps that it reads a line with their durations in ms."""

import json
import sys
import time

import torch

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.manual_seed(1)

config = json.loads(sys.argv[1])
inputs, classes, count = 784, 10, 4000

examples = (torch.rand(count, inputs) * 255 * (torch.rand(count, inputs) < 0.2)).to(torch.uint8)
labels = torch.randint(classes, (count,))

widths = [inputs, *config["hidden"]]
layers = []
for width, following in zip(widths, widths[1:]):
    layers += [torch.nn.Linear(width, following), torch.nn.ReLU()]
model = torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], classes))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)


def step():
    batch = torch.randint(count, (config["batchSize"],))
    x = examples[batch].to(torch.float32) * (1 / 255)
    loss = torch.nn.functional.cross_entropy(model(x), labels[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    durations = []
    for _ in range(int(line)):
        started = time.perf_counter()
        step()
        durations.append((time.perf_counter() - started) * 1000)
    print(json.dumps(durations), flush=True)
