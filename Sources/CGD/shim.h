#pragma once
#include <gd.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// libgd prints what is wrong with a file; here each thread keeps the first such sentence instead.
#define IMAGE_MESSAGE_ROOM 256
static inline char *image_message(void) {
  static _Thread_local char text[IMAGE_MESSAGE_ROOM];
  return text;
}

static inline void image_keep_message(int priority, const char *format, va_list arguments) {
  (void)priority;
  if (!image_message()[0]) vsnprintf(image_message(), IMAGE_MESSAGE_ROOM, format, arguments);
}

// To be called once, before the first picture is read.
static inline void image_keep_messages(void) { gdSetErrorMethod(image_keep_message); }

// NULL if the file is damaged; image_message then says why, or is empty.
static inline gdImagePtr image_from_png(const void *bytes, int count) {
  image_message()[0] = 0;
  return gdImageCreateFromPngPtr(count, (void *)bytes);
}

// The plain loader of libgd gives grey for the part that is missing; this one with 0 reports it.
static inline gdImagePtr image_from_jpeg(const void *bytes, int count) {
  image_message()[0] = 0;
  return gdImageCreateFromJpegPtrEx(count, (void *)bytes, 0);
}

// The other formats; NULL if the file is damaged.
static inline gdImagePtr image_from_gif(const void *bytes, int count) {
  image_message()[0] = 0;
  return gdImageCreateFromGifPtr(count, (void *)bytes);
}

static inline gdImagePtr image_from_bmp(const void *bytes, int count) {
  image_message()[0] = 0;
  return gdImageCreateFromBmpPtr(count, (void *)bytes);
}

static inline gdImagePtr image_from_webp(const void *bytes, int count) {
  image_message()[0] = 0;
  return gdImageCreateFromWebpPtr(count, (void *)bytes);
}

static inline gdImagePtr image_from_tiff(const void *bytes, int count) {
  image_message()[0] = 0;
  return gdImageCreateFromTiffPtr(count, (void *)bytes);
}

// A picture with a palette laid on a larger one, whose other pixels are transparent, or of the first colour if no
// colour is transparent; the smaller one is freed. NULL if it does not fit, or without memory.
static inline gdImagePtr image_on_canvas(gdImagePtr image, int left, int top, int width, int height) {
  gdImagePtr canvas = NULL;
  if (!image->trueColor && image->sx <= width - left && image->sy <= height - top)
    canvas = gdImageCreate(width, height);
  if (canvas) {
    int fill = image->transparent < 0 ? 0 : image->transparent;
    canvas->colorsTotal = image->colorsTotal;
    memcpy(canvas->red, image->red, sizeof image->red);
    memcpy(canvas->green, image->green, sizeof image->green);
    memcpy(canvas->blue, image->blue, sizeof image->blue);
    for (int y = 0; y < height; y++) memset(canvas->pixels[y], fill, width);
    for (int y = 0; y < image->sy; y++) memcpy(canvas->pixels[top + y] + left, image->pixels[y], image->sx);
  }
  gdImageDestroy(image);
  return canvas;
}

// Whether every colour of a palette is a grey; pictures without a palette are not asked.
static inline int image_palette_is_grey(gdImagePtr image) {
  for (int i = 0; i < image->colorsTotal; i++)
    if (image->red[i] != image->green[i] || image->red[i] != image->blue[i]) return 0;
  return 1;
}

// Red, green and blue, a pixel after the other. What is transparent keeps its colour.
static inline void image_copy_colours(gdImagePtr image, unsigned char *to) {
  for (int y = 0; y < image->sy; y++) {
    if (image->trueColor) {
      const int *row = image->tpixels[y];
      for (int x = 0; x < image->sx; x++, to += 3) {
        to[0] = (unsigned char)(row[x] >> 16);
        to[1] = (unsigned char)(row[x] >> 8);
        to[2] = (unsigned char)row[x];
      }
    } else {
      const unsigned char *row = image->pixels[y];
      for (int x = 0; x < image->sx; x++, to += 3) {
        to[0] = (unsigned char)image->red[row[x]];
        to[1] = (unsigned char)image->green[row[x]];
        to[2] = (unsigned char)image->blue[row[x]];
      }
    }
  }
}

// The blue of each pixel, which is the grey of a grey picture.
static inline void image_copy_greys(gdImagePtr image, unsigned char *to) {
  for (int y = 0; y < image->sy; y++)
    for (int x = 0; x < image->sx; x++)
      *to++ = image->trueColor ? (unsigned char)image->tpixels[y][x]
                               : (unsigned char)image->blue[image->pixels[y][x]];
}

// (299 r + 587 g + 114 b) / 1000 in 16 bits after the point, rounded, as Pillow computes it.
static inline void image_copy_lumas(gdImagePtr image, unsigned char *to) {
  for (int y = 0; y < image->sy; y++)
    for (int x = 0; x < image->sx; x++) {
      int c = image->trueColor ? image->tpixels[y][x] : 0, i = image->trueColor ? 0 : image->pixels[y][x];
      int r = image->trueColor ? c >> 16 & 255 : image->red[i];
      int g = image->trueColor ? c >> 8 & 255 : image->green[i];
      int b = image->trueColor ? c & 255 : image->blue[i];
      *to++ = (unsigned char)((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);
    }
}

// The place of each pixel's colour in the palette; pictures without a palette are not asked.
static inline void image_copy_indices(gdImagePtr image, unsigned char *to) {
  for (int y = 0; y < image->sy; y++)
    for (int x = 0; x < image->sx; x++) *to++ = image->pixels[y][x];
}

// A picture without palette from red, green and blue; NULL without memory.
static inline gdImagePtr image_of_colours(const unsigned char *from, int width, int height) {
  gdImagePtr image = gdImageCreateTrueColor(width, height);
  if (!image) return NULL;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, from += 3)
      image->tpixels[y][x] = gdTrueColor(from[0], from[1], from[2]);
  return image;
}

// A picture with a palette of 256 greys, in which number and grey are the same.
static inline gdImagePtr image_of_greys(const unsigned char *from, int width, int height) {
  gdImagePtr image = gdImageCreate(width, height);
  if (!image) return NULL;
  for (int i = 0; i < 256; i++) gdImageColorAllocate(image, i, i, i);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) image->pixels[y][x] = *from++;
  return image;
}
