package io.orderly.inventory.catalogue;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads and stores reviews. */
public interface Reviews extends Repository<Review, Long> {

    /** The latest reviews of a product, the latest review first. */
    List<Review> findBySkuOrderByWrittenOnDescIdDesc(String sku, Limit limit);

    /**
     * The latest reviews of several products, ordered by date and id descending within a product. Native SQL, because JPQL cannot
     * limit the rows per group.
     *
     * @param limit the maximum number of reviews per product
     */
    @Query(nativeQuery = true, value = """
                    select latest.* from unnest(:skus) as wanted (sku),
                    lateral (select * from reviews
                             where reviews.sku = wanted.sku
                             order by written_on desc, id desc
                             limit :limit) as latest""")
    List<Review> findLatest(String[] skus, int limit);

    <S extends Review> List<S> saveAll(Iterable<S> newReviews);
}
