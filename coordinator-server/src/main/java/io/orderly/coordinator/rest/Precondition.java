package io.orderly.coordinator.rest;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.kit.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The precondition of a write: {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13.1) with one ETag, which is the revision of
 * the last change, or with {@code *}.
 *
 * @param compares of the transaction; empty if nothing is required
 */
record Precondition(List<Compare> compares) {

    private static final Pattern ETAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");

    Precondition {
        compares = List.copyOf(compares);
    }

    /** @throws ProblemException if a header is malformed */
    static Precondition of(Bytes key, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        List<Compare> compares = new ArrayList<>();
        if (ifMatch != null) {
            compares.add(
                    ifMatch.equals("*")
                            ? Compare.exists(key)
                            : Compare.isUnchangedSince(key, revision(HttpHeaders.IF_MATCH, ifMatch)));
        }
        if (ifNoneMatch != null) {
            compares.add(
                    ifNoneMatch.equals("*")
                            ? Compare.isMissing(key)
                            : new Compare(
                                    KeyRange.of(key),
                                    Compare.Relation.NOT_EQUAL,
                                    new Compare.Operand.ModRevision(revision(HttpHeaders.IF_NONE_MATCH, ifNoneMatch))));
        }
        return new Precondition(compares);
    }

    private static long revision(String header, String text) {
        Matcher etag = ETAG.matcher(text);
        if (!etag.matches()) {
            throw ProblemException.invalid(
                    header, "must be * or one ETag, a revision in quotation marks such as \"42\"");
        }
        return Long.parseLong(etag.group(1));
    }
}
