package dev.lowpass.runtime.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void readsWhatItWrites() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "quote \" backslash \\ newline \n nul \0 \u00e9 \u4e16 \ud83d\ude00");
    object.put("numbers", Arrays.asList(0L, -1L, Long.MAX_VALUE, 0.5, -1e-300, 1e300));
    object.put("others", Arrays.asList(true, false, null, List.of(), Map.of()));
    byte[] text = JsonWriter.write(object);
    assertThat(JsonReader.read(text)).isEqualTo(object);
    assertThat(JsonWriter.write(JsonReader.read(text))).isEqualTo(text);
  }

  @Test
  void readsOrdinaryJson() throws IOException {
    String text = " { \"a\" : [ 1 , 2.50 , \"\\u0041\\/\" ] ,\n\t\"b\" : { } } ";
    assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Map.of("a", List.of(1L, 2.5, "A/"), "b", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", " ", "1", "[]", "{", "{}}", "{} x", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{\"a\":tru}",
    "{\"a\":truely}", "{\"a\":-}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":NaN}", "{\"a\":\"\n\"}",
    "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"", "{\"a\":99999999999999999999}", "{\"a\":[1 2]}",
    "{\"a\":[1,]}", "{\"a\":1,\"a\":2}"
  })
  void rejectsWhatIsNoJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
  }

  @Test
  void rejectsBrokenUtf8() {
    assertThatThrownBy(() -> JsonReader.read(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
        .hasMessage("not UTF-8");
  }
}
