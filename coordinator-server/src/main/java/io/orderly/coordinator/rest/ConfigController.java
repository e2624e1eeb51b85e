package io.orderly.coordinator.rest;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation.Range;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The key-value map. A key is one segment of the path. */
@RestController
@RequestMapping("/v1/config")
@Tag(name = "Config")
class ConfigController {

    private final Answers answers;

    ConfigController(Answers answers) {
        this.answers = answers;
    }

    /**
     * @param value text as a string, or any other JSON, which is stored in its shortest form
     * @param lease to attach the key to, in hexadecimal; null for none
     */
    record NewValue(JsonNode value, @Nullable String lease) {}

    /**
     * @param revision at which all pages of the list are read
     * @param next the cursor of the next page; null if this is the last one
     */
    record ConfigPage(
            List<ConfigEntry> entries,
            long revision,
            @Nullable String next) {}

    @GetMapping
    @Operation(
            summary = "The keys with a prefix, in order, by pages; continue with next as the cursor until it"
                    + " is null")
    ConfigPage list(
            @RequestParam(required = false) @Nullable String prefix,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        KeyRange all = prefix == null ? KeyRange.ALL : KeyRange.startingWith(Bytes.utf8(prefix));
        Cursor from = cursor == null ? null : Cursor.parse(cursor);
        if (from != null && !all.contains(from.last())) {
            throw ProblemException.invalid("cursor", "must be the next of a page with the same prefix");
        }
        KeyRange rest =
                from == null ? all : new KeyRange(KeyRange.of(from.last()).end(), all.end());
        long revision = from == null ? 0 : from.revision();
        StoreResponse.Range found =
                answers.read(new Range(rest, RangeOptions.at(revision).withLimit(limit)));
        List<KeyValue> keyValues = found.keyValues();
        long readAt = from == null ? found.revision() : revision;
        String next = found.more() ? new Cursor(readAt, keyValues.getLast().key()).toText() : null;
        return new ConfigPage(keyValues.stream().map(ConfigEntry::of).toList(), readAt, next);
    }

    @GetMapping(path = "/{key}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "A key and its value")
    ResponseEntity<ConfigEntry> get(
            @PathVariable String key,
            @RequestParam(required = false) @Min(1) @Nullable Long revision,
            @RequestParam(defaultValue = "false") boolean local) {
        KeyValue found = find(key, revision, local);
        return ResponseEntity.ok().eTag(etag(found)).body(ConfigEntry.of(found));
    }

    @GetMapping(path = "/{key}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "The value of a key as it is stored")
    ResponseEntity<byte[]> getText(
            @PathVariable String key,
            @RequestParam(required = false) @Min(1) @Nullable Long revision,
            @RequestParam(defaultValue = "false") boolean local) {
        KeyValue found = find(key, revision, local);
        return ResponseEntity.ok()
                .eTag(etag(found))
                .header(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8")
                .header("X-Content-Type-Options", "nosniff")
                .body(found.value().toByteArray());
    }

    @PutMapping(path = "/{key}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Creates or changes a key")
    ResponseEntity<ConfigEntry> put(
            @PathVariable String key,
            @RequestBody NewValue body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            HttpServletResponse response) {
        return put(key, StoredValue.toBytes(body.value()), body.lease(), ifMatch, ifNoneMatch, response);
    }

    @PutMapping(
            path = "/{key}",
            consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Operation(summary = "Creates or changes a key; the body is the value as it is stored")
    ResponseEntity<ConfigEntry> putText(
            @PathVariable String key,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(required = false) @Nullable String lease,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            HttpServletResponse response) {
        return put(key, body == null ? Bytes.EMPTY : Bytes.of(body), lease, ifMatch, ifNoneMatch, response);
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a key")
    void delete(
            @PathVariable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        Bytes name = Bytes.utf8(key);
        StoreResponse.Txn txn = answers.execute(new StoreCommand.Txn(
                Precondition.of(name, ifMatch, null).compares(),
                List.of(StoreCommand.DeleteRange.of(name)),
                List.of(Range.of(name))));
        if (!txn.succeeded()) {
            throw preconditionFailed(txn, response);
        }
        if (((StoreResponse.DeleteRange) txn.answers().getFirst()).deleted() == 0) {
            throw unknown(key);
        }
    }

    private ResponseEntity<ConfigEntry> put(
            String key,
            Bytes value,
            @Nullable String lease,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            HttpServletResponse response) {
        Bytes name = Bytes.utf8(key);
        long leaseId = lease == null ? 0 : LeaseId.parse("lease", lease);
        StoreResponse.Txn txn = answers.execute(new StoreCommand.Txn(
                Precondition.of(name, ifMatch, ifNoneMatch).compares(),
                List.of(StoreCommand.Put.of(name, value, leaseId), Range.of(name)),
                List.of(Range.of(name))));
        if (!txn.succeeded()) {
            throw preconditionFailed(txn, response);
        }
        KeyValue stored = rangeOf(txn).keyValues().getFirst();
        return ResponseEntity.status(stored.version() == 1 ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(etag(stored))
                .body(ConfigEntry.of(stored));
    }

    private KeyValue find(String key, @Nullable Long revision, boolean local) {
        RangeOptions options = revision == null ? RangeOptions.DEFAULTS : RangeOptions.at(revision);
        Range range = new Range(KeyRange.of(Bytes.utf8(key)), options);
        StoreResponse.Range found = local ? answers.readLocally(range) : answers.read(range);
        return found.keyValues().stream().findFirst().orElseThrow(() -> unknown(key));
    }

    /** Adds the ETag of the present version, so that the client can decide without another request. */
    private static ProblemException preconditionFailed(StoreResponse.Txn txn, HttpServletResponse response) {
        List<KeyValue> current = rangeOf(txn).keyValues();
        current.forEach(one -> response.setHeader(HttpHeaders.ETAG, etag(one)));
        String detail = current.isEmpty()
                ? "The key does not exist."
                : "The key was changed last by revision %d."
                        .formatted(current.getFirst().modRevision());
        return new ProblemException(Problems.PRECONDITION_FAILED, detail);
    }

    private static StoreResponse.Range rangeOf(StoreResponse.Txn txn) {
        return (StoreResponse.Range) txn.answers().getLast();
    }

    private static String etag(KeyValue one) {
        return "\"" + one.modRevision() + "\"";
    }

    private static ProblemException unknown(String key) {
        return ProblemException.notFound("There is no key " + key + ".");
    }
}
