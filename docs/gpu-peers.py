#!/usr/bin/env python3
"""Times other engines on the networks that gpu-measure.sh times: PyTorch and ONNX Runtime, as far as they are installed.

Inputs and outputs stay on the device. Every line of output is the whole result so far, so that whoever stops this has
what it got to; the last line is all of it. Weights are random: time does not depend on them.
"""
import argparse
import json
import statistics
import sys
import time

MEASURED = []
LEFT_OUT = []
WARM_UP = 5
ROUNDS = 20


def say():
    print(json.dumps({"measured": MEASURED, "leftOut": LEFT_OUT}), flush=True)


def note(peer, model, batch, seconds):
    MEASURED.append(
        {
            "peer": peer,
            "model": model,
            "batch": batch,
            "milliseconds": 1e3 * statistics.median(seconds),
            "p10": 1e3 * sorted(seconds)[len(seconds) // 10],
            "p90": 1e3 * sorted(seconds)[len(seconds) * 9 // 10],
        }
    )
    say()


def leave_out(what, why):
    LEFT_OUT.append({"what": what, "why": str(why).splitlines()[0][:200] if str(why) else type(why).__name__})
    say()


def networks(torch):
    """MobileNetV2 1.0 and ResNet50 without their training parts: batch normalisation folded away, as compilers do."""
    nn = torch.nn

    def convolution(inputs, outputs, kernel, stride=1, groups=1, activation=None):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups)]
        return nn.Sequential(*layers, *([activation] if activation else []))

    class Inverted(nn.Module):
        def __init__(self, inputs, outputs, stride, expansion):
            super().__init__()
            hidden = inputs * expansion
            self.residual = stride == 1 and inputs == outputs
            expand = [convolution(inputs, hidden, 1, activation=nn.ReLU6())] if expansion > 1 else []
            self.layers = nn.Sequential(
                *expand,
                convolution(hidden, hidden, 3, stride, hidden, nn.ReLU6()),
                convolution(hidden, outputs, 1),
            )

        def forward(self, x):
            return x + self.layers(x) if self.residual else self.layers(x)

    class Bottleneck(nn.Module):
        def __init__(self, inputs, width, stride):
            super().__init__()
            outputs = 4 * width
            self.layers = nn.Sequential(
                convolution(inputs, width, 1, activation=nn.ReLU()),
                convolution(width, width, 3, stride, activation=nn.ReLU()),
                convolution(width, outputs, 1),
            )
            same = stride == 1 and inputs == outputs
            self.shortcut = nn.Identity() if same else convolution(inputs, outputs, 1, stride)

        def forward(self, x):
            return torch.relu(self.shortcut(x) + self.layers(x))

    def head(channels):
        return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000)]

    def mobilenet():
        layers, channels = [convolution(3, 32, 3, 2, activation=nn.ReLU6())], 32
        for expansion, outputs, count, stride in [
            (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
        ]:
            for i in range(count):
                layers.append(Inverted(channels, outputs, stride if i == 0 else 1, expansion))
                channels = outputs
        return nn.Sequential(*layers, convolution(320, 1280, 1, activation=nn.ReLU6()), *head(1280))

    def resnet():
        layers = [convolution(3, 64, 7, 2, activation=nn.ReLU()), nn.MaxPool2d(3, 2, 1)]
        channels = 64
        for width, count, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
            for i in range(count):
                layers.append(Bottleneck(channels, width, stride if i == 0 else 1))
                channels = 4 * width
        return nn.Sequential(*layers, *head(2048))

    return {"v2": mobilenet, "resnet50": resnet}


def graphed(torch, model, images):
    """All launches of an inference as one CUDA graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            model(images)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        model(images)
    return graph.replay


def timed(torch, call, deadline):
    for _ in range(WARM_UP):
        call()
    torch.cuda.synchronize()
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for _ in range(5):
            call()
            torch.cuda.synchronize()
        seconds.append((time.perf_counter() - begun) / 5)
        if time.monotonic() > deadline:
            break
    return seconds


def pytorch(batches, deadline):
    try:
        import torch
    except ImportError as lack:
        leave_out("PyTorch", lack)
        return
    if not torch.cuda.is_available():
        leave_out("PyTorch", "it sees no CUDA device")
        return
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.backends.cudnn.allow_tf32 = True
    torch.backends.cudnn.benchmark = True
    version = "PyTorch " + torch.__version__
    made = networks(torch)
    # What matters most comes first; compiling takes half a minute each.
    plans = [
        (name, half, form, batch)
        for name, form in [("v2", "graph"), ("v2", "compiled"), ("resnet50", "graph"), ("v2", "eager"), ("resnet50", "compiled")]
        for half in (False, True)
        for batch in batches
    ]
    for name, half, form, batch in plans:
        peer = f"{version} {'fp16' if half else 'fp32, TF32 allowed'}, channels last, {form}"
        if time.monotonic() > deadline:
            leave_out(f"{peer}, {name}, batch {batch}", "no time left")
            continue
        try:
            with torch.inference_mode():
                kind = torch.float16 if half else torch.float32
                model = made[name]().eval().to("cuda", kind, memory_format=torch.channels_last)
                images = torch.rand(batch, 3, 224, 224, device="cuda").sub(0.5).to(kind)
                images = images.contiguous(memory_format=torch.channels_last)
                if form == "graph":
                    call = graphed(torch, model, images)
                elif form == "compiled":
                    torch._dynamo.reset()
                    compiled = torch.compile(model, mode="reduce-overhead")
                    call = lambda: compiled(images)
                else:
                    call = lambda: model(images)
                note(peer, name, batch, timed(torch, call, deadline))
        except Exception as problem:  # Whatever one form cannot do, others are measured.
            leave_out(f"{peer}, {name}, batch {batch}", problem)


def onnxruntime(path, batches, deadline):
    try:
        import numpy
        import onnxruntime as engine
    except ImportError as lack:
        leave_out("ONNX Runtime", lack)
        return
    wanted = [p for p in ("TensorrtExecutionProvider", "CUDAExecutionProvider") if p in engine.get_available_providers()]
    if not wanted:
        leave_out("ONNX Runtime", "it has no provider for CUDA; onnxruntime-gpu has one")
        return
    for provider in wanted:
        peer = f"ONNX Runtime {engine.__version__} {provider[:-len('ExecutionProvider')]}"
        for batch in batches:
            if time.monotonic() > deadline:
                leave_out(f"{peer}, batch {batch}", "no time left")
                continue
            try:
                session = engine.InferenceSession(path, providers=[provider, "CPUExecutionProvider"])
                taken = session.get_inputs()[0].name
                images = numpy.random.default_rng(1).uniform(-1, 1, (batch, 3, 224, 224)).astype(numpy.float32)
                binding = session.io_binding()
                binding.bind_ortvalue_input(taken, engine.OrtValue.ortvalue_from_numpy(images, "cuda", 0))
                binding.bind_output(session.get_outputs()[0].name, "cuda")
                seconds = []
                for round_number in range(-WARM_UP, ROUNDS):
                    begun = time.perf_counter()
                    session.run_with_iobinding(binding)
                    if round_number >= 0:
                        seconds.append(time.perf_counter() - begun)
                note(peer, "v2", batch, seconds)
            except Exception as problem:  # Another provider may do what this one cannot.
                leave_out(f"{peer}, batch {batch}", problem)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=140, help="for everything together")
    parser.add_argument("--onnx", help="a model for ONNX Runtime whose batch is open")
    parser.add_argument("--batches", default="1 8 32 128")
    options = parser.parse_args()
    begun = time.monotonic()
    batches = [int(batch) for batch in options.batches.split()]
    say()
    if options.onnx:
        onnxruntime(options.onnx, batches, begun + options.seconds / 4)
    pytorch(batches, begun + options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
