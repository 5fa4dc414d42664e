package io.fleetward.rules.template;

import java.util.regex.Pattern;

/// Host names and addresses, shortened.
final class Hosts {
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|.*:.*:.*");

  private Hosts() {}

  static String withoutPort(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    boolean isBracketed = hostAndPort.startsWith("[") && hostAndPort.contains("]:");
    if (isBracketed) {
      return hostAndPort.substring(1, hostAndPort.indexOf(']'));
    }
    boolean hasPort = colon >= 0 && hostAndPort.indexOf(':') == colon;
    return hasPort ? hostAndPort.substring(0, colon) : hostAndPort;
  }

  static String withoutDomain(String hostAndPort) {
    String host = withoutPort(hostAndPort);
    if (ADDRESS.matcher(host).matches()) {
      return hostAndPort;
    }
    String rest = hostAndPort.substring(host.length());
    int dot = host.indexOf('.');
    return (dot < 0 ? host : host.substring(0, dot)) + rest;
  }
}
