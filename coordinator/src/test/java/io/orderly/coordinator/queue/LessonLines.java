package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreAnswer;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.Delivery;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Effects, answers and deliveries in words. */
final class LessonLines {

    private LessonLines() {}

    static String text(QueueEffect effect) {
        return switch (effect) {
            case QueueEffect.Execute(long request, StoreCommand.Txn txn) -> "asks %d: %s".formatted(request, text(txn));
            case QueueEffect.OpenWatch(long _, var request) ->
                "watches for the deletion of %s from revision %d".formatted(request.keys(), request.startRevision());
            case QueueEffect.CloseWatch _ -> "closes a watch";
            case QueueEffect.Acquired(long token) -> "holds the lock, token " + token;
            case QueueEffect.Published(var value) -> "published " + value;
            case QueueEffect.Ended(Ending reason) -> "ends: " + reason;
        };
    }

    static String text(StoreAnswer answer) {
        return switch (answer) {
            case StoreAnswer.Put put -> "put at revision " + put.revision();
            case StoreAnswer.DeleteRange range ->
                "%d deleted at revision %d".formatted(range.deleted(), range.revision());
            case StoreAnswer.Range range ->
                "%s at revision %d".formatted(list(range.keyValues(), LessonLines::text), range.revision());
            case StoreAnswer.Txn txn ->
                "%s at revision %d: %s"
                        .formatted(
                                txn.succeeded() ? "yes" : "no", txn.revision(), list(txn.answers(), LessonLines::text));
            case StoreAnswer.Refused refused -> "refused, " + refused.refusal();
            default -> "done at revision " + answer.revision();
        };
    }

    static String text(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Events(long revision, var events, boolean _) ->
                "revision %d: %s".formatted(revision, list(events, LessonLines::text));
            case Delivery.Progress(long revision) -> "that revision %d is reached".formatted(revision);
            case Delivery.Compacted(long revision) -> "that it ends: compacted up to revision " + revision;
        };
    }

    private static String text(StoreCommand.Txn txn) {
        return "if %s then %s, else %s"
                .formatted(
                        list(txn.compares(), LessonLines::text),
                        list(txn.then(), LessonLines::text),
                        list(txn.otherwise(), LessonLines::text));
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
