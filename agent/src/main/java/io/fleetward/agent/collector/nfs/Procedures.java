package io.fleetward.agent.collector.nfs;

import java.util.List;

/// The procedures of NFS' versions, in the order in which the kernel counts them, under the names
/// that node_exporter gives them.
final class Procedures {
  static final List<String> VERSION_2 =
      words(
          """
          Null GetAttr SetAttr Root Lookup ReadLink Read WrCache Write Create Remove Rename Link
          SymLink MkDir RmDir ReadDir FsStat
          """);

  static final List<String> VERSION_3 =
      words(
          """
          Null GetAttr SetAttr Lookup Access ReadLink Read Write Create MkDir SymLink MkNod Remove
          RmDir Rename Link ReadDir ReadDirPlus FsStat FsInfo PathConf Commit
          """);

  static final List<String> VERSION_4_CLIENT =
      words(
          """
          Null Read Write Commit Open OpenConfirm OpenNoattr OpenDowngrade Close Setattr FsInfo Renew
          SetClientID SetClientIDConfirm Lock Lockt Locku Access Getattr Lookup LookupRoot Remove
          Rename Link Symlink Create Pathconf StatFs ReadLink ReadDir ServerCaps DelegReturn GetACL
          SetACL FsLocations ReleaseLockowner Secinfo FsidPresent ExchangeID CreateSession
          DestroySession Sequence GetLeaseTime ReclaimComplete GetDeviceInfo LayoutGet LayoutCommit
          LayoutReturn SecinfoNoName TestStateID FreeStateID GetDeviceList BindConnToSession
          DestroyClientID Seek Allocate DeAllocate LayoutStats Clone
          """);

  /// After three that the protocol leaves unused.
  static final List<String> VERSION_4_SERVER =
      words(
          """
          Access Close Commit Create DelegPurge DelegReturn GetAttr GetFH Link Lock Lockt Locku Lookup
          LookupRoot Nverify Open OpenAttr OpenConfirm OpenDgrd PutFH PutPubFH PutRootFH Read ReadDir
          ReadLink Remove Rename Renew RestoreFH SaveFH SecInfo SetAttr SetClientID
          SetClientIDConfirm Verify Write RelLockOwner
          """);

  private Procedures() {}

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }
}
