package io.fleetward.protocol.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path folder;

  private Settings load(Map<String, String> environment, String... lines) {
    try {
      Path file = folder.resolve("fleetward.properties");
      return Settings.load(Files.writeString(file, String.join("\n", lines)), environment);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void prefersTheEnvironmentToTheFileAndTheFileToTheDefault() {
    Settings settings =
        load(
            Map.of("FLEETWARD_KAFKA_BOOTSTRAP_SERVERS", "from-environment"),
            "kafka.bootstrap-servers=from-file",
            "kafka.metrics-topic = from-file ");

    assertThat(settings.text("kafka.bootstrap-servers")).isEqualTo("from-environment");
    assertThat(settings.text("kafka.metrics-topic", "default")).isEqualTo("from-file");
    assertThat(settings.text("kafka.client-id", "default")).isEqualTo("default");
    settings.throwIfInvalid();
  }

  @Test
  void readsEveryKindOfValue() {
    Settings settings = load(Map.of(), "a=5m", "b=7", "c=0.0.0.0:80", "d=/data", "e=[::1]:7480");

    assertThat(settings.duration("a", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.integer("b", 1, 0, 7)).isEqualTo(7);
    assertThat(settings.address("c", new ListenAddress("127.0.0.1", 1)))
        .isEqualTo(new ListenAddress("0.0.0.0", 80));
    assertThat(settings.path("d")).isEqualTo(Path.of("/data"));
    assertThat(settings.address("e", new ListenAddress("127.0.0.1", 1)).host()).isEqualTo("[::1]");
    assertThat(settings.path("f", Path.of("x"))).isEqualTo(Path.of("x"));
    assertThat(settings.duration("g", Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    settings.throwIfInvalid();
  }

  @Test
  void handsOnWhatSomebodyElseDefines() {
    Settings settings =
        load(
            Map.of(
                "FLEETWARD_KAFKA_CLIENT_SSL_KEYSTORE_PASSWORD", "s3cret",
                "FLEETWARD_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL"),
            "kafka.client.security.protocol=PLAINTEXT",
            "kafka.client.client.rack=a",
            "kafka.clients=1");

    assertThat(settings.withPrefix("kafka.client."))
        .containsExactly(
            Map.entry("client.rack", "a"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("ssl.keystore.password", "s3cret"));
    assertThat(settings.effective())
        .contains("kafka.client.security.protocol=SSL")
        .contains("kafka.client.ssl.keystore.password=********");
    assertThatThrownBy(settings::throwIfInvalid).hasMessageContaining("\"kafka.clients\"");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    Settings settings =
        load(
            Map.of("FLEETWARD_PATH", "a\u0000b"),
            "time=soon",
            "count=8",
            "listen=here",
            "kafka.bootstrap-server=x");
    settings.text("kafka.bootstrap-servers");
    settings.duration("time", Duration.ZERO);
    settings.integer("count", 1, 0, 7);
    settings.address("listen", new ListenAddress("127.0.0.1", 7480));
    settings.path("path");
    settings.problem("rules", "is no folder");
    String file = folder.resolve("fleetward.properties").toString();

    assertThatThrownBy(settings::throwIfInvalid)
        .isInstanceOf(InvalidConfigurationException.class)
        .message()
        .isEqualTo(
            """
            FILE: kafka.bootstrap-servers is missing; set it there or as \
            FLEETWARD_KAFKA_BOOTSTRAP_SERVERS
            FILE: time is "soon"; write a duration like 10s, 5m or 1h30m
            FILE: count is "8"; write a whole number from 0 to 7
            FILE: listen is "here"; write host:port, such as 127.0.0.1:7480
            FILE: path is "a\u0000b"; write the path of a file
            FILE: rules is no folder
            FILE: unknown key "kafka.bootstrap-server"; known: count, kafka.bootstrap-servers, \
            listen, path, time\
            """
                .replace("FILE", file));
  }

  @Test
  void masksSecrets() {
    Settings settings = load(Map.of("FLEETWARD_A_TOKEN", "s3cret"), "b=2");

    assertThat(settings.secret("a.token", "")).isEqualTo("s3cret");
    assertThat(settings.secret("no.token", "")).isEmpty();
    assertThat(settings.text("b", "")).isEqualTo("2");
    assertThat(settings.effective()).isEqualTo("a.token=******** b=2 no.token=");
  }

  @Test
  void refusesAFileThatCannotBeRead() throws IOException {
    Path none = folder.resolve("none.properties");
    Path broken = Files.writeString(folder.resolve("broken.properties"), "a=\\u00zz");

    assertThatThrownBy(() -> Settings.load(none, Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("none.properties: cannot be read (NoSuchFileException");
    assertThatThrownBy(() -> Settings.load(broken, Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("broken.properties: cannot be read");
  }

  @Test
  void doesWithoutAFile() {
    Settings settings = Settings.of(Map.of("FLEETWARD_A", "1"));

    assertThat(settings.text("a")).isEqualTo("1");
    settings.throwIfInvalid();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:0, true",
    "host:65535, true",
    "host:65536, false",
    "host:-1, false",
    "host, false",
    "host:, false",
    ":80, false",
    "'', false",
  })
  void knowsAnAddress(String text, boolean isAddress) {
    assertThat(ListenAddress.parse(text).map(ListenAddress::toString).orElse(""))
        .isEqualTo(isAddress ? text : "");
  }
}
