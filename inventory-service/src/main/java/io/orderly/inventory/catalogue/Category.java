package io.orderly.inventory.catalogue;

/** The shelves of the shop. */
public enum Category {
    AUDIO,
    BOOKS,
    GARDEN,
    HOME_TEXTILES,
    KITCHEN,
    LIGHTING,
    OFFICE,
    OPTICS,
    OUTDOOR,
    SPORTS,
    TOOLS,
    TOYS
}
