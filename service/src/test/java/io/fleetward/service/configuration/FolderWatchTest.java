package io.fleetward.service.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each call is one look of the watch; no time has to pass.
class FolderWatchTest {
  @TempDir private Path folder;
  private SetFolder files;
  private FolderWatch watch;

  @BeforeEach
  void begin() {
    files = SetFolder.good(folder);
    watch = new FolderWatch(files.folders());
  }

  @Test
  void seesNothingWhileNothingChanges() {
    assertThat(watch.hasChanged()).isFalse();
    files.write("rules/notes.txt", "nothing that is read");
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isFalse();
  }

  @Test
  void tellsAChangeOnceWhenTheFilesAreLeftAlone() {
    files.write("rules/one.yaml", SetFolder.RULES);
    assertThat(watch.hasChanged()).isFalse();
    files.write("rules/two.yaml", SetFolder.RULES);
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
    assertThat(watch.hasChanged()).isFalse();
  }

  @Test
  void seesFilesThatGoAndFilesOfEveryFolder() throws IOException {
    Files.delete(folder.resolve("models/host.yaml"));
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
    files.write("models/deeper/host.yaml", SetFolder.MODELS);
    files.write("policies/load.yaml", SetFolder.POLICIES + "# longer\n");
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
  }
}
