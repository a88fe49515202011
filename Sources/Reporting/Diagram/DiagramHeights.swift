// How far down the places of each column stand: near their neighbours, and never on each other.

extension DiagramLayers {
  /// The middle of every place across the layers, the topmost edge being at 0.
  ///
  /// - Parameter heights: of the boxes of the nodes.
  func middles(heights: [Double]) -> [Double] {
    let sizes = heights + Array(repeating: 0, count: levels.count - nodeCount)
    var middles = Array(repeating: 0.0, count: levels.count)
    let columns = layers.map { Column($0, sizes: sizes, nodeCount: nodeCount) }
    for column in columns { column.settle(&middles, wishes: column.places.map { _ in 0 }) }
    for round in 0..<10 {
      // The last rounds take both neighbouring columns into account.
      let isLast = round >= 5
      for column in columns.dropFirst() {
        let wishes = column.places.map {
          mean(before[$0], isLast ? after[$0] : [], of: $0, middles)
        }
        column.settle(&middles, wishes: wishes)
      }
      for column in columns.reversed() {
        let wishes = column.places.map {
          mean(isLast ? before[$0] : [], after[$0], of: $0, middles)
        }
        column.settle(&middles, wishes: wishes)
      }
    }
    for column in columns.dropFirst() {
      // Again, since one box may have blocked another.
      for _ in 0..<2 { straighten(column, &middles) }
    }
    let top = levels.indices.reduce(Double.infinity) { min($0, middles[$1] - sizes[$1] / 2) }
    return middles.map { $0 - top }
  }

  /// Where the neighbours of `place` pull it; `nil` if it has none.
  private func mean(_ some: [Int], _ more: [Int], of place: Int, _ middles: [Double]) -> Double? {
    var (sum, total) = (0.0, 0.0)
    for neighbours in [some, more] {
      for near in neighbours {
        let weight = straightness(place, near)
        sum += weight * middles[near]
        total += weight
      }
    }
    return total == 0 ? nil : sum / total
  }

  /// The weight of a straight line, as Gansner et al. choose it for `dot` (1993): bends in the
  /// middle of a long line are the most visible.
  private func straightness(_ place: Int, _ near: Int) -> Double {
    let standIns = (place < nodeCount ? 0 : 1) + (near < nodeCount ? 0 : 1)
    return [1, 2, 8][standIns]
  }

  /// A node with one argument that is off its height by no more than this follows it.
  private static let smallStep = 10.0

  /// Leaves out the steps of a long line, and small ones between nodes, where there is room to go
  /// straight on.
  private func straighten(_ column: Column, _ middles: inout [Double]) {
    let places = column.places
    for (index, place) in places.enumerated() {
      guard let last = before[place].first else { continue }
      let isSmall =
        before[place].count == 1 && abs(middles[place] - middles[last]) <= Self.smallStep
      guard place < nodeCount ? isSmall : last >= nodeCount else { continue }
      let distances = (column.distance(before: index), column.distance(before: index + 1))
      let top = index == 0 ? -.infinity : middles[places[index - 1]] + distances.0
      let isLast = index + 1 == places.count
      let bottom = isLast ? .infinity : middles[places[index + 1]] - distances.1
      if top <= middles[last], middles[last] <= bottom { middles[place] = middles[last] }
    }
  }
}

/// One layer, in order, and the distances its places keep.
private struct Column {
  let places: [Int]
  /// How far each place is below the first where they stand as closely as they may.
  let offsets: [Double]
  let weights: [Double]

  init(_ places: [Int], sizes: [Double], nodeCount: Int) {
    self.places = places
    // Edges weigh more than boxes, since bends in a long line are the most visible.
    weights = places.map { $0 < nodeCount ? 1 : 4 }
    var offsets: [Double] = []
    for (index, place) in places.enumerated() {
      guard index > 0 else {
        offsets.append(0)
        continue
      }
      let above = places[index - 1]
      let gap = place < nodeCount && above < nodeCount ? 20.0 : 14
      offsets.append(offsets[index - 1] + (sizes[above] + sizes[place]) / 2 + gap)
    }
    self.offsets = offsets
  }

  /// The least distance between the place at `index` and the one above it.
  func distance(before index: Int) -> Double {
    index == 0 || index == places.count ? 0 : offsets[index] - offsets[index - 1]
  }

  /// Moves every place as near to its wish as the others allow, by least squares: an isotonic
  /// regression, which pooling adjacent violators solves in linear time. A place without a wish
  /// stays close to the one above it.
  func settle(_ middles: inout [Double], wishes: [Double?]) {
    var blocks: [(mean: Double, weight: Double, count: Int)] = []
    guard let first = places.indices.first(where: { wishes[$0] != nil }),
      let wish = wishes[first]
    else { return }
    var anchor = wish - offsets[first]
    for index in places.indices {
      if let wish = wishes[index] { anchor = wish - offsets[index] }
      let weight = wishes[index] == nil ? 0.001 : weights[index]
      var block = (mean: anchor, weight: weight, count: 1)
      while let last = blocks.last, last.mean > block.mean {
        blocks.removeLast()
        let weight = last.weight + block.weight
        let mean = (last.mean * last.weight + block.mean * block.weight) / weight
        block = (mean, weight, last.count + block.count)
      }
      blocks.append(block)
    }
    var index = 0
    for block in blocks {
      for _ in 0..<block.count {
        middles[places[index]] = block.mean + offsets[index]
        index += 1
      }
    }
  }
}
