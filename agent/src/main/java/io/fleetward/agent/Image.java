package io.fleetward.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a host was installed from, as its os-release says: the image and that image's version where
/// it names one, else the system.
final class Image {
  private Image() {}

  /// @param rootfs where the host's `/` is
  /// @return empty where nothing says it
  static Optional<String> of(Path rootfs) {
    Map<String, String> fields = new HashMap<>();
    for (String file : new String[] {"usr/lib/os-release", "etc/os-release"}) {
      try {
        Files.readString(rootfs.resolve(file)).lines().forEach(line -> add(line, fields));
      } catch (IOException _) {
        // a host without it has no such name
      }
    }
    String image =
        "%s %s"
            .formatted(
                fields.getOrDefault("IMAGE_ID", ""), fields.getOrDefault("IMAGE_VERSION", ""))
            .strip();
    return Optional.of(image.isEmpty() ? fields.getOrDefault("PRETTY_NAME", "") : image)
        .filter(name -> !name.isEmpty());
  }

  private static void add(String line, Map<String, String> fields) {
    int equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith("#")) {
      fields.put(
          line.substring(0, equals), line.substring(equals + 1).replaceAll("^[\"']|[\"']$", ""));
    }
  }
}
