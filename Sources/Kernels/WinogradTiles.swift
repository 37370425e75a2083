import CLanes

// Inputs, outputs and gradients of a chunk, into Winograd's form and back.
extension Winograd {
  /// V ← Bᵀ·x·B of a chunk, `[16, channels, stride]`. Whole lanes are written: what runs over the end of a
  /// row of tiles is overwritten by the next.
  func transformInputs(
    _ x: Pointer, image: Int, count: Int, rows: Range<Int>, into v: MutablePointer
  ) {
    let size = paddedRows * paddedWidth
    let padded = BufferPool.take(size)
    defer { BufferPool.give(padded, size) }
    Kernels.fill(padded, 0, size)
    for c in 0..<channels {
      for i in 0..<count {
        let plane = x + ((image + i) * channels + c) * height * width
        for r in 0..<(2 * rows.count + 2) {
          let row = 2 * rows.lowerBound + r - padding.height
          let target = padded + r * paddedWidth + padding.width
          if row >= 0 && row < height {
            Kernels.copy(plane + row * width, into: target, width)
          } else {
            Kernels.fill(target, 0, width)
          }
        }
        let first = v + c * stride + (count > 1 ? i * tileRows * tileColumns : 0)
        if tileColumns <= 8 {
          // Two rows of tiles share the lanes.
          for r in Swift.stride(from: 0, to: rows.count, by: 2) {
            let low = padded + 2 * r * paddedWidth
            let hasNext = r + 1 < rows.count
            transformTiles(
              low, hasNext ? low + 2 * paddedWidth : low, into: first + r * tileColumns,
              upper: hasNext ? first + (r + 1) * tileColumns : nil)
          }
        } else {
          for r in 0..<rows.count {
            let source = padded + 2 * r * paddedWidth
            var j = 0
            while j < tileColumns {
              let low = source + 2 * j
              transformTiles(low, low + 16, into: first + r * tileColumns + j, upper: nil)
              j += 16
            }
          }
        }
      }
    }
  }

  /// Bᵀ·x·B of sixteen tiles: eight that begin at `low`, eight at `high`, each in four rows of padded inputs. The
  /// results go to the 16 planes at `target`, those of the upper eight once more to `upper`.
  @inline(__always)
  private func transformTiles(
    _ low: MutablePointer, _ high: MutablePointer, into target: MutablePointer,
    upper: MutablePointer?
  ) {
    for row in 0..<4 {
      let first = (row == 0 ? 0 : row == 2 ? 2 : 1) * paddedWidth
      let second = (row < 2 ? 2 : row == 2 ? 1 : 3) * paddedWidth
      @inline(__always) func down(_ x: MutablePointer, _ at: Int) -> Lanes {
        row == 1
          ? load(x, first + at) + load(x, second + at) : load(x, first + at) - load(x, second + at)
      }
      let (a, b, after, beyond) = (down(low, 0), down(high, 0), down(low, 2), down(high, 2))
      let (e0, o0) = (unrolled_even(a, b), unrolled_odd(a, b))
      let (e1, o1) = (unrolled_even(after, beyond), unrolled_odd(after, beyond))
      @inline(__always) func write(_ column: Int, _ value: Lanes) {
        let plane = (4 * row + column) * inputPlane
        store(value, target + plane, 0)
        if let upper { unrolled_store_high(value, upper + plane) }
      }
      write(0, e0 - e1)
      write(1, o0 + e1)
      write(2, e1 - o0)
      write(3, o0 - o1)
    }
  }

  /// y ← Aᵀ·M·A of a chunk, M `[16, filters, stride]`, plus a bias for each filter. Gives 0 · Σ y, which is NaN where
  /// one of them is infinite or NaN.
  func transformOutputs(
    _ m: Pointer, bias: Pointer?, image: Int, count: Int, rows: Range<Int>, into y: MutablePointer
  ) -> Float {
    var check = Lanes.zero
    let line = BufferPool.take(2 * (2 * tileColumns + 32))
    defer { BufferPool.give(line, 2 * (2 * tileColumns + 32)) }
    let second = line + 2 * tileColumns + 32
    for f in 0..<filters {
      let shift = Lanes(bias?[f] ?? 0)
      for i in 0..<count {
        let plane = y + ((image + i) * filters + f) * outHeight * outWidth
        for r in 0..<rows.count {
          let source = m + f * stride + (i * tileRows * (count > 1 ? 1 : 0) + r) * tileColumns
          var j = 0
          while j < tileColumns {
            @inline(__always) func down(_ column: Int) -> (Lanes, Lanes) {
              let at = source + column * outputPlane + j
              let (b, c) = (load(at, 4 * outputPlane), load(at, 8 * outputPlane))
              return (load(at, 0) + b + c, b - c - load(at, 12 * outputPlane))
            }
            let (s0, s1, s2, s3) = (down(0), down(1), down(2), down(3))
            let (a, b) = (s0.0 + s1.0 + s2.0 + shift, s1.0 - s2.0 - s3.0 + shift)
            let (c, d) = (s0.1 + s1.1 + s2.1 + shift, s1.1 - s2.1 - s3.1 + shift)
            store(unrolled_zip_low(a, b), line, 2 * j)
            store(unrolled_zip_high(a, b), line, 2 * j + 16)
            store(unrolled_zip_low(c, d), second, 2 * j)
            store(unrolled_zip_high(c, d), second, 2 * j + 16)
            // Behind the last tile of a row lies what the buffer held before.
            let sum = ((a + b) + (c + d)).first(tileColumns - j)
            check = check.plus(sum, times: .zero)
            j += 16
          }
          let row = 2 * (rows.lowerBound + r)
          Kernels.copy(line, into: plane + row * outWidth, outWidth)
          if row + 1 < outHeight {
            Kernels.copy(second, into: plane + (row + 1) * outWidth, outWidth)
          }
        }
      }
    }
    return check.total
  }

  /// dM ← A·dy·Aᵀ of a chunk, `[16, filters, stride]`.
  func transformUpstream(
    _ dy: Pointer, image: Int, count: Int, rows: Range<Int>, into m: MutablePointer
  ) {
    let line = BufferPool.take(2 * (2 * tileColumns + 32))
    defer { BufferPool.give(line, 2 * (2 * tileColumns + 32)) }
    let second = line + 2 * tileColumns + 32
    Kernels.fill(line, 0, 2 * (2 * tileColumns + 32))
    for f in 0..<filters {
      for i in 0..<count {
        let plane = dy + ((image + i) * filters + f) * outHeight * outWidth
        for r in 0..<rows.count {
          let row = 2 * (rows.lowerBound + r)
          Kernels.copy(plane + row * outWidth, into: line, outWidth)
          if row + 1 < outHeight {
            Kernels.copy(plane + (row + 1) * outWidth, into: second, outWidth)
          } else {
            Kernels.fill(second, 0, outWidth)
          }
          let target = m + f * stride + (i * tileRows * (count > 1 ? 1 : 0) + r) * tileColumns
          var j = 0
          while j < tileColumns {
            let (a, b) = (load(line, 2 * j), load(line, 2 * j + 16))
            let (c, d) = (load(second, 2 * j), load(second, 2 * j + 16))
            let top = (unrolled_even(a, b), unrolled_odd(a, b))
            let low = (unrolled_even(c, d), unrolled_odd(c, d))
            for row in 0..<4 {
              let left: Lanes
              let right: Lanes
              switch row {
              case 0: (left, right) = top
              case 1: (left, right) = (top.0 + low.0, top.1 + low.1)
              case 2: (left, right) = (top.0 - low.0, top.1 - low.1)
              default: (left, right) = (Lanes(0) - low.0, Lanes(0) - low.1)
              }
              let place = target + 4 * row * outputPlane
              store(left, place, j)
              store(left + right, place + outputPlane, j)
              store(left - right, place + 2 * outputPlane, j)
              store(Lanes(0) - right, place + 3 * outputPlane, j)
            }
            j += 16
          }
        }
      }
    }
  }
}
