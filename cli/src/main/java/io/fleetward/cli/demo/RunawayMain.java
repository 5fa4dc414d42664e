package io.fleetward.cli.demo;

import io.fleetward.protocol.process.ParentWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The program of the [RunawayProcess]: burns CPU on some threads and grows memory, until it is
/// ended, or whoever started it has gone.
public final class RunawayMain {
  private static final int MEGABYTE = 1 << 20;

  private RunawayMain() {}

  /// @param arguments burning threads, megabytes to grow a second, megabytes to stop growing at
  public static void main(String[] arguments) throws InterruptedException {
    int threads = Integer.parseInt(arguments[0]);
    int growth = Integer.parseInt(arguments[1]);
    int most = Integer.parseInt(arguments[2]);
    for (int i = 0; i < threads; i++) {
      Thread.ofPlatform().daemon().start(RunawayMain::burn);
    }
    ParentWatch.onEndOfInput(() -> Runtime.getRuntime().halt(0));
    List<byte[]> kept = new ArrayList<>();
    while (true) {
      for (int i = 0; i < growth && kept.size() < most; i++) {
        byte[] megabyte = new byte[MEGABYTE];
        Arrays.fill(megabyte, (byte) 1);
        kept.add(megabyte);
      }
      Thread.sleep(1_000);
    }
  }

  private static void burn() {
    while (true) {
      Thread.onSpinWait();
    }
  }
}
