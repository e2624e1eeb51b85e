package io.orderly.coordinator.store;

import java.util.Comparator;

/**
 * The order of keys in a response. Keys that are equal in it are in ascending order.
 *
 * @param field the field to sort by
 */
public record Sort(Field field, boolean descending) {

    public static final Sort BY_KEY = new Sort(Field.KEY, false);

    /** A field to sort by. */
    public enum Field {
        KEY(Comparator.comparing(KeyValue::key)),
        VERSION(Comparator.comparingLong(KeyValue::version)),
        CREATE_REVISION(Comparator.comparingLong(KeyValue::createRevision)),
        MOD_REVISION(Comparator.comparingLong(KeyValue::modRevision)),
        VALUE(Comparator.comparing(KeyValue::value));

        private final transient Comparator<KeyValue> order;

        Field(Comparator<KeyValue> order) {
            this.order = order;
        }
    }

    Comparator<KeyValue> order() {
        return descending ? field.order.reversed() : field.order;
    }
}
