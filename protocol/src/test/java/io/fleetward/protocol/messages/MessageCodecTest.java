package io.fleetward.protocol.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> examples() {
    return Messages.examples().entrySet().stream()
        .map(example -> Arguments.of(example.getKey(), example.getValue()));
  }

  private static String malformed(String json, Class<?> type) {
    return switch (MessageCodec.decode(json.getBytes(UTF_8), type)) {
      case Decoded.Message<?>(Object message) -> throw new AssertionError("read: " + message);
      case Decoded.Malformed<?>(String reason) -> reason;
    };
  }

  private static String with(Object message, String field, String json) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(MessageCodec.encode(message));
      tree.set(field, JSON.readTree(json));
      return tree.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void keepsTheGoldenForm(String name, Object message) {
    byte[] encoded = MessageCodec.encode(message);

    assertThat(encoded)
        .asString(UTF_8)
        .isEqualTo(new String(GoldenFile.of(name).bytes(encoded), UTF_8));
    assertThat(MessageCodec.text(message)).isEqualTo(new String(encoded, UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void readsWhatItWrites(String name, Object message) {
    assertThat(MessageCodec.decode(MessageCodec.encode(message), message.getClass()))
        .isEqualTo(new Decoded.Message<>(message));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void ignoresFieldsItDoesNotKnow(String name, Object message) {
    String extended = with(message, "ofTheFuture", "{\"a\":[1,{}]}");

    assertThat(MessageCodec.decode(extended.getBytes(UTF_8), message.getClass()))
        .isEqualTo(new Decoded.Message<>(message));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void refusesEachFieldThatIsMissingOrNull(String name, Object message) throws IOException {
    JsonNode tree = JSON.readTree(MessageCodec.encode(message));
    List<String> fields = new ArrayList<>();
    tree.fieldNames().forEachRemaining(fields::add);
    fields.removeAll(List.of("anomalousSince", "provenance", "image", "fault"));
    String type = message.getClass().getSimpleName();
    for (String field : fields) {
      ObjectNode without = tree.deepCopy();
      without.remove(field);
      assertThat(malformed(without.toString(), message.getClass()))
          .isEqualTo("no %s: \"%s\" is missing".formatted(type, field));
      assertThat(malformed(with(message, field, "null"), message.getClass()))
          .startsWith("no %s: \"%s\" ".formatted(type, field));
    }
  }

  @Test
  void letsAFieldBeAbsentThatMayBeNull() throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(MessageCodec.encode(Messages.firing()));
    tree.remove("anomalousSince");

    assertThat(MessageCodec.decode(tree.toString().getBytes(UTF_8), AlertMessage.class))
        .isInstanceOf(Decoded.Message.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parameters | {\"unit\":null} | no Plan: \"parameters.unit\" is null",
        "parameters | {\"unit\":1} | no Plan: \"parameters.unit\" ",
        "parameters | [] | no Plan: \"parameters\" ",
        "id | \"\" | no Plan: a plan needs an id, an instance, an action and a nonce",
        "id | 7 | no Plan: \"id\" ",
        "issuedAt | \"yesterday\" | no Plan: \"issuedAt\" ",
        "issuedAt | 1e99 | no Plan: ",
        "timeout | \"-PT1S\" | no Plan: a plan needs a positive timeout",
        "timeout | \"soon\" | no Plan: \"timeout\" ",
        "expiresAt | \"2026-11-02T12:01:06Z\" | no Plan: a plan lives at most PT1M",
      })
  void saysWhatIsWrongWithAPlan(String field, String json, String reason) {
    assertThat(malformed(with(Messages.plan(), field, json), Plan.class)).startsWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no Heartbeat: ",
        "'{' | no Heartbeat: no valid JSON: ",
        "null | null is no Heartbeat",
        "[] | no Heartbeat: ",
        "1 | no Heartbeat: ",
        "'\"text\"' | no Heartbeat: ",
        "'{} {}' | no Heartbeat: ",
        "'{\"service\":\"a\",\"service\":\"b\"}' | no Heartbeat: no valid JSON: Duplicate field",
      })
  void refusesWhatIsNoMessage(String json, String reason) {
    assertThat(malformed(json, Heartbeat.class)).startsWith(reason);
  }

  @Test
  void refusesAStateOrAStatusItDoesNotKnow() {
    assertThat(malformed(with(Messages.firing(), "state", "{\"is\":\"lost\"}"), AlertMessage.class))
        .startsWith("no AlertMessage: \"state\" ");
    assertThat(malformed(with(Messages.firing(), "state", "{}"), AlertMessage.class))
        .startsWith("no AlertMessage: \"state\" ");
    assertThat(
            malformed(with(Messages.firing(), "state", "{\"is\":\"pending\"}"), AlertMessage.class))
        .isEqualTo("no AlertMessage: \"state.activeAt\" is missing");
    assertThat(malformed(with(Messages.outcome(), "status", "\"DONE\""), Outcome.class))
        .startsWith("no Outcome: \"status\" ");
    assertThat(malformed(with(Messages.outcome(), "status", "1"), Outcome.class))
        .startsWith("no Outcome: \"status\" ");
  }

  @Test
  void refusesDeepAndHugeMessages() {
    String deep = "{\"x\":" + "[".repeat(100_000);
    String wide = "{\"x\":\"" + "y".repeat(MessageCodec.MAX_BYTES) + "\"}";
    String longNumber = "{\"x\":" + "9".repeat(100_000) + "}";

    assertThat(malformed(deep, Heartbeat.class)).startsWith("no Heartbeat: ").contains("depth");
    assertThat(malformed(wide, Heartbeat.class))
        .isEqualTo("no Heartbeat: 1048584 bytes are too many; the limit is 1048576");
    assertThat(malformed(longNumber, Heartbeat.class)).startsWith("no Heartbeat: ");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};

    assertThat(MessageCodec.decode(bytes, Heartbeat.class)).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void writesTheSameBytesWhateverTheOrderOfAMap() {
    Map<String, String> forward = Map.of("a", "1", "b", "2", "c", "3");
    assertThat(MessageCodec.text(forward)).isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}");
  }
}
