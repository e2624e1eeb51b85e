package io.orderly.stack.coordinator;

/** The program of the members of a cluster. Both have the etcd v3 API. */
public enum Product {
    /** The coordinator of this repository. */
    ORDERLY("orderly"),

    /** The etcd that is installed on this machine. */
    ETCD("etcd");

    private final String label;

    Product(String label) {
        this.label = label;
    }

    /** The product as it is written on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
