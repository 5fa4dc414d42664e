package io.fleetward.agent.linux;

import java.nio.file.Path;

/// Where the kernel's files and the host's own are seen from here.
///
/// @param procfs `/proc`
/// @param sysfs `/sys`
/// @param rootfs `/` outside containers
public record HostPaths(Path procfs, Path sysfs, Path rootfs) {
  public Path proc(String name) {
    return procfs.resolve(name);
  }

  public Path sys(String name) {
    return sysfs.resolve(name);
  }

  /// @param name relative to the root, such as `etc/os-release`
  public Path root(String name) {
    return rootfs.resolve(name);
  }
}
