package io.fleetward.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {
  @TempDir Path folder;

  @Test
  void readsAFileThatIsLargerThanItsRoomAtOnce() throws IOException {
    Path path = Files.writeString(folder.resolve("large"), "7 ".repeat(20_000) + "\n8\n");

    Fields fields = new ProcFile(path).read();

    assertThat(fields.nextLine()).isTrue();
    fields.skip(20_000);
    assertThat(fields.nextField()).isFalse();
    assertThat(fields.nextLine()).isTrue();
    assertThat(fields.nextNumber()).isEqualTo(8);
  }

  @Test
  void readsWhatIsInTheFileNow() throws IOException {
    Path path = Files.writeString(folder.resolve("changing"), "first\n");
    ProcFile file = new ProcFile(path);
    assertThat(file.read().firstLine().text()).isEqualTo("first");

    Files.writeString(path, "2nd\n");

    assertThat(file.read().firstLine().text()).isEqualTo("2nd");
  }

  @Test
  void aFileThatIsNotThereIsEmptyOnlyIfItNeedNotBe() throws IOException {
    ProcFile file = new ProcFile(folder.resolve("none"));

    assertThat(file.readIfThere().nextLine()).isFalse();
    assertThatThrownBy(file::read).isInstanceOf(FileNotFoundException.class);
  }
}
