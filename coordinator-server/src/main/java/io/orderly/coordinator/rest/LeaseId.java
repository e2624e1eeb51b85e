package io.orderly.coordinator.rest;

import io.orderly.kit.web.ProblemException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of leases as text: in hexadecimal, as {@code etcdctl} shows them. As numbers they would be too large for JavaScript. */
final class LeaseId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{1,16}");

    private LeaseId() {}

    static String text(long id) {
        return Long.toHexString(id);
    }

    /**
     * @param field the field or parameter of the text
     * @throws ProblemException if it is no id
     */
    static long parse(String field, String text) {
        long id = FORM.matcher(text).matches() ? HexFormat.fromHexDigitsToLong(text) : 0;
        if (id == 0) {
            throw ProblemException.invalid(field, "must be a number in hexadecimal above zero, such as 694d8f0c");
        }
        return id;
    }
}
