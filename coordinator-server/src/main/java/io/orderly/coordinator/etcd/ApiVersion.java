package io.orderly.coordinator.etcd;

/** The version of etcd whose API is served, as reported to clients. They choose paths and options by it. */
public final class ApiVersion {

    public static final String SERVER = "3.5.0";

    /** The version that all members support. */
    public static final String CLUSTER = "3.5.0";

    private ApiVersion() {}
}
