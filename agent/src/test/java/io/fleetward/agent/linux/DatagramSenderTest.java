package io.fleetward.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatagramSenderTest {
  @TempDir Path folder;

  @Test
  void sendsToAPath() throws Throwable {
    String path = folder.resolve("notify").toString();
    DatagramSender sender = DatagramSender.to(path);
    sender.send("nobody is there yet");

    try (DatagramReceiver receiver = DatagramReceiver.at(path)) {
      sender.send("READY=1\nSTATUS=ä");
      assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=ä");
    }
    sender.send("nobody is there any more");
  }

  @Test
  void sendsToAnAbstractName() throws Throwable {
    String name = "@fleetward-test-%d".formatted(ProcessHandle.current().pid());
    try (DatagramReceiver receiver = DatagramReceiver.at(name)) {
      DatagramSender.to(name).send("WATCHDOG=1");

      assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void doesNotWaitForAReceiverThatHasNoRoom() throws Throwable {
    String path = folder.resolve("notify").toString();
    DatagramSender sender = DatagramSender.to(path);
    try (DatagramReceiver receiver = DatagramReceiver.at(path)) {
      for (int i = 0; i < 5_000; i++) {
        sender.send("WATCHDOG=1");
      }
      assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void takesOnlyUnixSockets() {
    assertThatThrownBy(() -> DatagramSender.to("vsock:2:1234"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"vsock:2:1234\" is neither");
    assertThatThrownBy(() -> DatagramSender.to("/" + "x".repeat(107)))
        .isInstanceOf(IOException.class);
  }
}
