package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Effects, responses and deliveries as text. */
final class QueueTranscriptLines {

    private QueueTranscriptLines() {}

    static String text(QueueEffect effect) {
        return switch (effect) {
            case QueueEffect.Execute(long request, StoreCommand.Txn txn) ->
                "sends request %d: %s".formatted(request, text(txn));
            case QueueEffect.OpenWatch(long _, var request) ->
                "watches for the deletion of %s from revision %d".formatted(request.keys(), request.startRevision());
            case QueueEffect.CloseWatch _ -> "closes a watch";
            case QueueEffect.Acquired(long token) -> "holds the lock, token " + token;
            case QueueEffect.Published(var value) -> "published " + value;
            case QueueEffect.Ended(EndReason reason) -> "ended: " + reason;
        };
    }

    static String text(StoreResponse answer) {
        return switch (answer) {
            case StoreResponse.Put put -> "put at revision " + put.revision();
            case StoreResponse.DeleteRange range ->
                "%d deleted at revision %d".formatted(range.deleted(), range.revision());
            case StoreResponse.Range range ->
                "%s at revision %d".formatted(list(range.keyValues(), QueueTranscriptLines::text), range.revision());
            case StoreResponse.Txn txn ->
                "%s at revision %d: %s"
                        .formatted(
                                txn.succeeded() ? "succeeded" : "did not succeed",
                                txn.revision(),
                                list(txn.answers(), QueueTranscriptLines::text));
            case StoreResponse.Refused refused -> "refused, " + refused.refusal();
            default -> "done at revision " + answer.revision();
        };
    }

    static String text(WatchResponse delivery) {
        return switch (delivery) {
            case WatchResponse.Events(long revision, var events, boolean _) ->
                "revision %d: %s".formatted(revision, list(events, QueueTranscriptLines::text));
            case WatchResponse.Progress(long revision) -> "progress up to revision %d".formatted(revision);
            case WatchResponse.Compacted(long revision) -> "the end of the watch: compacted up to revision " + revision;
        };
    }

    private static String text(StoreCommand.Txn txn) {
        return "if %s then %s, else %s"
                .formatted(
                        list(txn.compares(), QueueTranscriptLines::text),
                        list(txn.then(), QueueTranscriptLines::text),
                        list(txn.otherwise(), QueueTranscriptLines::text));
    }

    private static String text(Compare compare) {
        return "%s %s %s".formatted(compare.keys(), compare.relation(), compare.operand());
    }

    private static String text(Operation operation) {
        return switch (operation) {
            case StoreCommand.Put put -> "put %s of lease %d".formatted(put.key(), put.lease());
            case StoreCommand.DeleteRange delete -> "delete " + delete.keys();
            case StoreCommand.Txn txn -> text(txn);
            case Operation.Range range ->
                "read %s%s"
                        .formatted(
                                range.keys(),
                                range.options().createRevisions().max() == 0
                                        ? ""
                                        : " created up to "
                                                + range.options()
                                                        .createRevisions()
                                                        .max());
        };
    }

    private static String text(KeyValue one) {
        return "%s = '%s' created %d".formatted(one.key(), one.value(), one.createRevision());
    }

    private static String text(KeyEvent event) {
        return switch (event) {
            case KeyEvent.Put put ->
                "put %s = '%s'".formatted(put.key(), put.current().value());
            case KeyEvent.Deleted deleted -> "deleted " + deleted.key();
        };
    }

    private static <T> String list(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining("; ", "[", "]"));
    }
}
