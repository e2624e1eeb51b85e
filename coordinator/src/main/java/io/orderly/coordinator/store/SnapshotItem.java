package io.orderly.coordinator.store;

import java.util.Arrays;

/** The items of a snapshot, in this order; the events of a revision follow it. */
enum SnapshotItem {
    SCALARS(0),
    KEY(1),
    REVISION(2),
    PUT(3),
    DELETED(4),
    LEASE(5),
    SESSION(6),
    MEMBER(8),
    AUTH(9),
    USER(10),
    ROLE(11),
    END(7);

    /**
     * The newest that this program reads. Version 1 has no members, and version 2 no users and roles; a snapshot without them is written as
     * such.
     */
    static final int VERSION = 3;

    /** The code in the snapshot. */
    final int code;

    SnapshotItem(int code) {
        this.code = code;
    }

    /** The version under which a state is written: the first that has what it holds. */
    static int versionOf(StoreState state) {
        if (!state.auth().isInitial()) {
            return VERSION;
        }
        return state.members().isEmpty() ? 1 : 2;
    }

    static SnapshotItem of(int code) {
        return Arrays.stream(values())
                .filter(item -> item.code == code)
                .findFirst()
                .orElseThrow(() -> new MalformedException("%d is no kind of item".formatted(code)));
    }
}
