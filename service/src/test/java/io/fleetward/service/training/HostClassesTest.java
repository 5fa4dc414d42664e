package io.fleetward.service.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import io.fleetward.service.store.HostTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostClassesTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  @Test
  void aClassIsMadeOfTheLabelsThatCount() {
    HostClasses classes = new HostClasses(List.of("role", "zone"), 2);
    assertThat(classes.of("web-1")).isEqualTo("default");
    try (Database database = DatabaseFile.open(folder)) {
      announce(database, "web-1", Map.of("role", "web", "zone", "a", "rack", "7"));
      announce(database, "web-2", Map.of("role", "web"));
      announce(database, "db-1", Map.of("rack", "7"));
      classes.refresh(database);
    }

    assertThat(classes.of("web-1")).isEqualTo("web/a");
    assertThat(classes.of("web-2")).isEqualTo("web");
    assertThat(classes.of("db-1")).isEqualTo("default");
    assertThat(classes.of("unknown")).isEqualTo("default");
  }

  @Test
  void someHostsOfEachClassAreLearnt() {
    HostClasses classes = new HostClasses(List.of("role"), 2);
    List<String> web = IntStream.range(0, 10).mapToObj(i -> "web-" + i).toList();
    try (Database database = DatabaseFile.open(folder)) {
      web.forEach(instance -> announce(database, instance, Map.of("role", "web")));
      announce(database, "db-1", Map.of("role", "db"));
      classes.refresh(database);
    }

    assertThat(web.stream().filter(classes::isLearnt)).hasSize(2);
    assertThat(classes.isLearnt("db-1")).isTrue();
    assertThat(classes.isLearnt("unknown")).isFalse();
  }

  private static void announce(Database database, String instance, Map<String, String> labels) {
    HostAnnouncement host =
        new HostAnnouncement(
            instance, "", labels, "boot", "6.1", "0.1", List.of(), "hash", 10_000, NOON);
    database.transaction(ledger -> {
      ledger.hosts().announced(new HostTable.Announced(host, NOON));
      return true;
    });
  }
}
