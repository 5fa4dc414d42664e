package io.fleetward.agent.linux;

/// Space and inodes of the filesystem at a path, as of when it was read. Confined to one thread at
/// a time.
public interface MountSpace {
  /// As the kernel tells it.
  static MountSpace at(String path) {
    return new Statvfs(path);
  }

  String path();

  /// Asks anew; may wait for as long as the filesystem does.
  ///
  /// @return false if the path is on no filesystem that answers
  boolean read();

  double sizeBytes();

  /// Free for processes that are not root.
  double availBytes();

  /// Free for root.
  double freeBytes();

  /// Inodes in all.
  long files();

  long filesFree();

  boolean isReadOnly();
}
