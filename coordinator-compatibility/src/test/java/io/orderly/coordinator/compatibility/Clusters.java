package io.orderly.coordinator.compatibility;

import java.nio.file.Path;

/** The two servers that are compared. */
final class Clusters {

    /** Etcd is compared with itself, to see whether the scenarios are deterministic. */
    static final boolean ETCD_TWICE = "etcd".equals(System.getProperty("compatibility.second"));

    private Clusters() {}

    static Cluster first(int size, Path folder) {
        return EtcdCluster.start(size, folder);
    }

    /** The coordinator, unless etcd is compared with itself. */
    static Cluster second(int size, Path folder) {
        return ETCD_TWICE ? EtcdCluster.start(size, folder) : MemberCluster.start(size, folder);
    }
}
