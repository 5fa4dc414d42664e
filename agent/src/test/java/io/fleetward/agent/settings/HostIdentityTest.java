package io.fleetward.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIdentityTest {
  private static final String MACHINE = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  @BeforeEach
  void makeAHost() throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Files.createDirectories(folder.resolve("sys/kernel"));
    host("web-1", MACHINE);
  }

  @Test
  void isTheNameAndWhatTheMachineIdStandsFor() {
    assertThat(identity()).matches("web-1-[0-9a-f]{12}").doesNotContain(MACHINE.substring(0, 12));
  }

  @Test
  void outlivesTheName() throws IOException {
    String first = identity();
    HostIdentity.keep(folder, first);
    host("renamed", MACHINE);

    assertThat(identity()).isEqualTo(first);
  }

  @Test
  void aCloneIsAnotherHostEvenWithTheFolderOfTheFirst() throws IOException {
    String first = identity();
    HostIdentity.keep(folder, first);
    host("web-1", MACHINE.replace('0', '1'));

    assertThat(identity()).startsWith("web-1-").isNotEqualTo(first);
  }

  @Test
  void isTheNameAloneWithoutAMachineId() throws IOException {
    host("web-1", "uninitialized");
    assertThat(identity()).isEqualTo("web-1");
    Files.delete(folder.resolve("etc/machine-id"));
    assertThat(identity()).isEqualTo("web-1");
    Files.delete(folder.resolve("sys/kernel/hostname"));
    assertThat(identity()).isEqualTo("localhost");
  }

  private void host(String name, String machineId) throws IOException {
    Files.writeString(folder.resolve("sys/kernel/hostname"), name + "\n");
    Files.writeString(folder.resolve("etc/machine-id"), machineId + "\n");
  }

  private String identity() {
    return HostIdentity.of(folder, folder, folder);
  }
}
