package io.orderly.coordinator.log;

/** The instructions for an operator if a folder is refused. */
final class Remedy {

    /** For data that only the cluster can restore. */
    static final String REPLACE =
            "Remove this node from the cluster and add it again under a new id and with an empty folder; the others send it what they have";

    /** For files of another node. */
    static final String OWN_FOLDER =
            "start the node on its own folder, or name the node and cluster that this one is of";

    private Remedy() {}
}
