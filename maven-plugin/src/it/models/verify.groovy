String log = new File(basedir, 'build.log').text
String toy = 'target/classes/models/toy.lowpass'
String apart = 'target/classes/models/classifier.lowpass'

assert log.count('Compiling src/main/models/toy.onnx for cpu:x86-64-v3') == 3
assert log.count('Compiling src/main/models/apart.onnx for cpu:x86-64-v3') == 2
assert log.count("$toy is up to date") == 1
assert log.count("$apart is up to date") == 2
assert log.count('Models are not compiled') == 1

for (artifact in [toy, apart]) {
  byte[] first = new File(basedir, artifact).bytes
  assert first.length > 0
  assert first == new File(basedir, artifact.replace('target/', 'again/')).bytes
}
assert new File(basedir, 'target/lowpass/default/classifier.lowpass.stamp').text.contains('weights.bin')
assert !new File(basedir, 'none').exists()
