package io.fleetward.service.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTriggersTest {
  @TempDir private Path folder;

  @Test
  void watchedFilesAreReloadedWhenTheyChange() throws InterruptedException {
    SetFolder files = SetFolder.good(folder);
    SetFolders watched =
        new SetFolders(
            files.folders().rules(),
            files.folders().models(),
            files.folders().policies(),
            files.folders().actions(),
            Duration.ofMillis(10));
    BlockingQueue<String> activated = new ArrayBlockingQueue<>(10);
    SetInForce set =
        new SetInForce(
            files.files(),
            files.read(),
            List.of(next -> () -> activated.add(next.version())),
            new ReloadMetrics(new PrometheusRegistry()),
            InstantSource.system());
    try (ReloadTriggers triggers = new ReloadTriggers(set, watched)) {
      triggers.start();
      files.write("rules/load.yaml", SetFolder.RULES + "# changed\n");
      assertThat(activated.poll(30, TimeUnit.SECONDS)).isEqualTo(files.read().version());
    }
  }
}
