List<String> errors = new File(basedir, 'build.log').readLines().findAll { it.contains('LP1001') }

// Maven's line about the goal that failed ends with ours.
assert errors.size() == 1
assert errors[0].contains('src/main/models/broken.onnx: not an ONNX model')
assert !new File(basedir, 'target/classes/models/broken.lowpass').exists()
assert !new File(basedir, 'target/lowpass/default/broken.lowpass.stamp').exists()
