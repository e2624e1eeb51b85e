package io.orderly.lab.coordinator;

/** The program of the members of a cluster. Both have the etcd v3 API. */
public enum Product {
    ORDERLY("orderly"),
    ETCD("etcd");

    private final String label;

    Product(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
