package io.fleetward.cli.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// The loopback ports of a single machine.
public record MachinePorts(int broker, int controller, int api, int agent) {
  private static final int MOST = 65_535;

  /// The ports of `standalone`, as the documentation names them.
  public static final MachinePorts STANDARD = new MachinePorts(7492, 7493, 7480, 7481);

  /// Ports that are free now.
  public static MachinePorts free() {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return new MachinePorts(ports[0], ports[1], ports[2], ports[3]);
    } catch (IOException e) {
      throw new MachineException("no free port on the loopback address: " + e.getMessage());
    }
  }

  /// @throws MachineException naming the first port that something else listens on
  void requireFree() {
    require("broker", broker);
    require("controller", controller);
    require("service", api);
    require("agent", agent);
  }

  private static void require(String what, int port) {
    if (port < 1 || port > MOST) {
      throw new MachineException(
          "--%s-port is %d; write a port from 1 to %d".formatted(what, port, MOST));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new MachineException(
          "port %d, for the %s, is in use (%s); end what listens there or choose another with --%s-port"
              .formatted(port, what, e.getMessage(), what));
    }
  }
}
