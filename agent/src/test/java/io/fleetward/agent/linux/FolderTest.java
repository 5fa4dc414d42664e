package io.fleetward.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir Path path;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(path.resolve("eth0/statistics"));
    Files.createSymbolicLink(path.resolve("link0"), Path.of("eth0"));
    Files.writeString(path.resolve("file"), "a\n");
    Files.writeString(path.resolve("eth0/statistics/rx"), "12\n");
    Files.writeString(path.resolve("eth0/speed"), "-1\n");
    Files.writeString(path.resolve("eth0/flags"), "0x1f\n");
    Files.writeString(path.resolve("eth0/alias"), "  to the switch \n");
  }

  @Test
  void listsFoldersAndLinksOrAll() {
    Folder folder = Folder.at(path);

    assertThat(names(folder.folders())).containsExactlyInAnyOrder("eth0", "link0");
    assertThat(names(folder.list())).containsExactlyInAnyOrder("eth0", "link0", "file");
  }

  @Test
  void readsNumbersAndTexts() {
    Folder device = Folder.at(path).inside("link0");

    assertThat(device.number("statistics/rx")).isEqualTo(12);
    assertThat(device.number("speed")).isEqualTo(-1);
    assertThat(device.number("flags")).isEqualTo(31);
    assertThat(device.line("alias").text()).isEqualTo("to the switch");
  }

  @Test
  void whatCannotBeReadIsEmpty() {
    Folder device = Folder.at(path).inside("eth0");

    assertThat(device.number("alias")).isNaN();
    assertThat(device.number("none")).isNaN();
    assertThat(device.line("none").text()).isEmpty();
    assertThat(device.line("statistics").text()).as("a folder").isEmpty();
    assertThat(names(device.inside("gone").list())).isEmpty();
  }

  @Test
  void listsMoreNamesThanFitIntoItsRoom() throws IOException {
    for (int i = 0; i < 900; i++) {
      Files.createDirectory(path.resolve("device-with-a-long-name-" + i));
    }

    assertThat(names(Folder.at(path).folders())).hasSize(902).doesNotHaveDuplicates();
  }

  private static List<String> names(Fields lines) {
    List<String> names = new ArrayList<>();
    while (lines.nextLine() && lines.nextField()) {
      names.add(lines.text());
    }
    return names;
  }
}
