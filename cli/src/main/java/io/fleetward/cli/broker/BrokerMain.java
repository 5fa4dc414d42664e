package io.fleetward.cli.broker;

import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.process.Termination;
import java.io.IOException;
import java.nio.file.Path;

/// The process that holds the [EmbeddedBroker]: started by the single-machine modes with the data
/// folder, the client address and the controller's port; stops when its standard input ends.
public final class BrokerMain {
  private BrokerMain() {}

  /// @param arguments data folder, listen address, controller port
  public static void main(String[] arguments) throws InterruptedException, IOException {
    Path data = Path.of(arguments[0]);
    ListenAddress listen = ListenAddress.parse(arguments[1]).orElseThrow();
    int controllerPort = Integer.parseInt(arguments[2]);
    EmbeddedBroker broker;
    try {
      broker = new EmbeddedBroker(data, listen, controllerPort);
      broker.start();
    } catch (IOException e) {
      System.err.printf(
          "the broker cannot use the folder %s: %s; make it writable, free space there, or choose another folder%n",
          data, e.getMessage());
      System.exit(2);
      return;
    }
    Termination termination = Termination.install(true);
    System.out.println("ready");
    termination.asked().await();
    broker.stop();
    termination.ended();
  }
}
