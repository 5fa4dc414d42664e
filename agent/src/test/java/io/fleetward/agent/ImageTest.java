package io.fleetward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
  @TempDir private Path root;

  private void osRelease(String folder, String text) throws IOException {
    Files.createDirectories(root.resolve(folder));
    Files.writeString(root.resolve(folder).resolve("os-release"), text);
  }

  @Test
  void isTheImageWhereOneIsNamedElseTheSystem() throws IOException {
    assertThat(Image.of(root)).isEmpty();
    osRelease(
        "usr/lib", "# made by hand\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nID=debian\n");
    assertThat(Image.of(root)).contains("Debian GNU/Linux 13 (trixie)");
    osRelease("etc", "IMAGE_ID=compute\nIMAGE_VERSION='2026.11'\n");
    assertThat(Image.of(root)).contains("compute 2026.11");
  }
}
