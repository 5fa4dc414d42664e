package io.fleetward.service.control;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Makes identifiers that nobody can guess and that never come twice.
interface Identifiers {
  /// @param prefix what it names, such as `rem`
  String next(String prefix);

  static Identifiers random() {
    SecureRandom random = new SecureRandom();
    return prefix -> {
      byte[] bytes = new byte[12];
      random.nextBytes(bytes);
      return prefix + "-" + HexFormat.of().formatHex(bytes);
    };
  }
}
