package io.fleetward.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fleetward.protocol.signing.Envelope;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Class<? extends Record>> RECORDS =
      Map.of(
          "plan", Plan.class,
          "outcome", Outcome.class,
          "rehearsal", Rehearsal.class,
          "rehearsal-answer", RehearsalAnswer.class,
          "heartbeat", Heartbeat.class,
          "host-announcement", HostAnnouncement.class,
          "alert", AlertMessage.class,
          "envelope", Envelope.class,
          "feature-row", FeatureRow.class);

  static Stream<Arguments> examples() {
    return Messages.examples().entrySet().stream()
        .map(example ->
            Arguments.of(example.getKey(), example.getKey().replaceFirst("^alert-.*", "alert")));
  }

  static Stream<Arguments> schemas() {
    return RECORDS.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  private static String text(String name) throws IOException {
    return Files.readString(Path.of("src/main/schemas", name + ".schema.json"));
  }

  private static List<String> problems(String schemaName, String json) throws IOException {
    Schema schema = REGISTRY.getSchema(text(schemaName));
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GoldenFile.of(name).path());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void describesTheGoldenMessages(String golden, String schema) throws IOException {
    assertThat(problems(schema, golden(golden))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void demandsWhatTheCodecDemands(String golden, String schema) throws IOException {
    JsonNode message = JSON.readTree(golden(golden));
    List<String> fields = new ArrayList<>();
    message.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      ObjectNode without = message.deepCopy();
      without.remove(field);
      boolean accepted =
          MessageCodec.decode(
                  JSON.writeValueAsBytes(without), RECORDS.getOrDefault(schema, Plan.class))
              instanceof MessageCodec.Decoded.Message;
      assertThat(problems(schema, without.toString()).isEmpty()).as(field).isEqualTo(accepted);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schemas")
  void namesEveryFieldOfTheRecord(String name, Class<? extends Record> type) throws IOException {
    List<String> properties = new ArrayList<>();
    JSON.readTree(text(name)).get("properties").fieldNames().forEachRemaining(properties::add);

    assertThat(properties)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schemas")
  void isItselfASchema(String name, Class<? extends Record> type) throws IOException {
    Schema metaSchema =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(metaSchema.validate(text(name), InputFormat.JSON)).isEmpty();
    assertThat(JSON.readTree(text(name)).get("$id").asText())
        .isEqualTo("urn:fleetward:schema:%s:v1", name);
  }

  @ParameterizedTest
  @CsvSource({
    "plan, issuedAt, yesterday",
    "plan, timeout, soon",
    "plan, id, ''",
    "outcome, status, DONE",
    "heartbeat, paused, yes",
    "alert, state, firing",
    "alert, value, much",
    "envelope, payload, ???",
  })
  void refusesWhatTheCodecRefuses(String name, String field, String value) throws IOException {
    ObjectNode message =
        (ObjectNode) JSON.readTree(golden(name.equals("alert") ? "alert-firing" : name));
    message.put(field, value);

    assertThat(problems(name, message.toString())).isNotEmpty();
  }
}
