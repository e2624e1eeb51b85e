package io.orderly.inventory.shards.web;

import io.orderly.inventory.shards.Resharding;
import io.orderly.inventory.shards.Shards;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.ShardId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/shards")
@Tag(name = "Shards", description = "The ranges of SKUs that divide catalogue and stock.")
class ShardController {

    private final Shards shards;

    ShardController(Shards shards) {
        this.shards = shards;
    }

    @GetMapping
    @Operation(summary = "The range map in force, with the size of each shard")
    ShardMapView map() {
        return ShardMapView.of(shards, shards.map());
    }

    @PostMapping("/splits")
    @Operation(
            summary = "Splits a range at a SKU, or at the median of a shard",
            description = "The upper part moves to a free shard. Reservations wait while it moves, and are not lost.")
    ShardMapView split(@RequestBody Split split) {
        if (split.at() != null && split.shard() == null) {
            return result("at", shards.split(split.at()));
        }
        if (split.shard() != null && split.at() == null) {
            return result("shard", shards.split(shard("shard", split.shard())));
        }
        throw ProblemException.invalid("at", "either at or shard is required, and not both");
    }

    @PostMapping("/merges")
    @Operation(
            summary = "Merges the ranges of two neighbours",
            description = "The products of the right one move to the left one, and the right one is free.")
    ShardMapView merge(@RequestBody Merge merge) {
        return result("right", shards.merge(shard("left", merge.left()), shard("right", merge.right())));
    }

    private ShardMapView result(String field, Resharding result) {
        return switch (result) {
            case Resharding.Done(RangeMap map) -> ShardMapView.of(shards, map);
            case Resharding.Refused(String reason) -> throw ProblemException.unprocessable(field, reason);
            case Resharding.Conflict _ ->
                throw ProblemException.conflict("Another change of the ranges came first; read them and repeat.");
            case Resharding.Unavailable(String reason) -> throw new ProblemException(ProblemType.UNAVAILABLE, reason);
        };
    }

    private static ShardId shard(String field, int number) {
        try {
            return new ShardId(number);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(field, String.valueOf(e.getMessage()));
        }
    }
}
